import EnvdLanguage
import EnvdSyntax
import LLB

/// A plan as one page that needs nothing else: the graph, the source beside it, and what is to be said of each step.
///
/// All text is put into the markup escaped, and the page's policy lets no script run but its own, which it knows by its
/// digest. `Page/page.js` says what the classes and attributes mean that are written here.
package struct PlanHTML {
    private let presentation: PlanPresentation
    /// The names of the program's files, its own first.
    private let files: [String]
    private let fileIndices: [String: Int]

    package init(_ presentation: PlanPresentation) {
        self.presentation = presentation
        let others = presentation.plan.sources.keys.filter { $0 != presentation.file }.sorted()
        files = (presentation.plan.sources[presentation.file] == nil ? [] : [presentation.file]) + others
        fileIndices = Dictionary(zip(files, 0...)) { first, _ in first }
    }

    package var document: String {
        let style = PlanSVG.style + String(decoding: PackageResources.page_css, as: UTF8.self)
        let script = String(decoding: PackageResources.page_js, as: UTF8.self)
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'; "
            + "script-src 'sha256-\(Base64.text(Digest(of: Array(script.utf8))))'; base-uri 'none'; form-action 'none'"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy.escapedForMarkup)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(presentation.program.onOneLine.escapedForMarkup)</title>
            <style>
            \(style)</style>
            </head>
            <body>
            <header>
            <h1>\(presentation.program.onOneLine.escapedForMarkup)</h1>
            <p>\(presentation.summary.escapedForMarkup)</p>
            \(legend)</header>
            <main>
            <section id="source" aria-label="Source">
            \(sources)</section>
            <section id="panel" aria-label="Details" aria-live="polite">
            \(overview)\(lineArticle)\(presentation.steps.indices.map(article).joined())</section>
            <section id="graph" aria-label="Graph">
            \(PlanSVG(presentation).element(stepAttributes: stepAttributes))
            </section>
            </main>
            <script>\(script)</script>
            </body>
            </html>

            """
    }

    private var legend: String {
        let present = Set(presentation.steps.map(\.kind.family))
        let keys = PlanStep.Kind.Family.allCases.filter(present.contains).map { family in
            "<li class=\"\(family.rawValue)\"><svg width=\"11\" height=\"11\" aria-hidden=\"true\"><rect class=\"key\" "
                + "width=\"11\" height=\"11\" rx=\"3\"/></svg> \(family.rawValue)</li>"
        }
        return "<ul class=\"legend\">\(keys.joined())</ul>\n"
    }

    // MARK: - The source

    private var sources: String {
        let counts = stepCounts
        return files.enumerated().map { index, name in
            guard let file = presentation.plan.sources[name] else { return "" }
            let lines = SourceMarkup(file).lines.enumerated().map { offset, markup in
                line(
                    markup, number: offset + 1, file: index,
                    stepCount: counts[LineID(file: index, line: offset + 1)] ?? 0)
            }
            return "<h2>\(name.onOneLine.escapedForMarkup)</h2>\n<div class=\"code\">\n\(lines.joined())</div>\n"
        }.joined()
    }

    private func line(_ markup: String, number: Int, file: Int, stepCount: Int) -> String {
        let id = "line-\(file)-\(number)"
        let body = "<span class=\"gutter\">\(number)</span><code>\(markup)</code>"
        guard stepCount > 0 else { return "<div class=\"line\" id=\"\(id)\">\(body)</div>\n" }
        let label = stepCount == 1 ? "1 step" : "\(stepCount) steps"
        return "<div class=\"line active\" id=\"\(id)\" role=\"button\" tabindex=\"-1\" aria-pressed=\"false\">\(body)"
            + "<span class=\"count\">\(label)</span></div>\n"
    }

    private struct LineID: Hashable {
        var file: Int
        var line: Int
    }

    /// How many steps each line has a part in.
    private var stepCounts: [LineID: Int] {
        var counts: [LineID: Int] = [:]
        for step in presentation.steps {
            var lines: Set<LineID> = []
            for call in step.locations.flatMap(\.stack) {
                guard let file = fileIndices[call.file] else { continue }
                for line in self.lines(of: call) { lines.insert(LineID(file: file, line: line)) }
            }
            for line in lines { counts[line, default: 0] += 1 }
        }
        return counts
    }

    private func lines(of call: SourceLocation) -> ClosedRange<Int> {
        guard let file = presentation.plan.sources[call.file] else { return call.line...call.line }
        let end = file.position(at: max(call.range.lowerBound, call.range.upperBound - 1)).line + 1
        return call.line...max(call.line, end)
    }

    // MARK: - Steps

    /// `data-calls` has `FILE:FIRST-LAST:ROLE` for each call that led to the step: `c` for the one that asked for it, `w` for
    /// those on the way.
    private func stepAttributes(_ index: Int) -> String {
        let step = presentation.steps[index]
        var calls: [String] = []
        for location in step.locations {
            for (call, role) in location.callers.map({ ($0, "w") }) + [(location, "c")] {
                guard let file = fileIndices[call.file] else { continue }
                let lines = self.lines(of: call)
                let text = "\(file):\(lines.lowerBound)-\(lines.upperBound):\(role)"
                if !calls.contains(text) { calls.append(text) }
            }
        }
        let label = "Step \(step.number), \(step.kind.rawValue): \(StepDescription(step).title.onOneLine)"
            .escapedForMarkup
        return " data-calls=\"\(calls.joined(separator: " "))\" role=\"button\" tabindex=\"\(index == 0 ? 0 : -1)\" "
            + "aria-pressed=\"false\" aria-label=\"\(label)\""
    }

    /// Beyond this many steps only the main things are said of each, so that the page stays one that can be opened.
    private static let maximumDetailedSteps = 2_000

    private func article(_ index: Int) -> String {
        let step = presentation.steps[index]
        let description = StepDescription(step)
        var text =
            "<article id=\"detail-\(step.number)\" class=\"\(step.kind.family.rawValue)\" hidden>\n"
            + "<h2><span class=\"badge\">\(step.number) \(step.kind.rawValue)</span> \(markup(description.title))</h2>\n"
        if let command = description.command {
            text += "<pre>\(command.lines.map { $0.escapedForMarkup }.joined(separator: "\n"))</pre>\n"
        }
        let rows = { (isMinor: Bool) in
            description.details.filter { $0.isMinor == isMinor }.map { ($0.name, "<code>\(markup($0.text))</code>") }
        }
        text += list(
            rows(false) + [
                ("needs", links(presentation.graph.needs[index])),
                ("needed by", links(presentation.graph.users[index])),
            ])
        for location in step.locations { text += stack(location) }
        if presentation.steps.count <= PlanHTML.maximumDetailedSteps {
            text += "<h3>In detail</h3>\n\(list(rows(true)))"
        }
        return text + "</article>\n"
    }

    private func links(_ indices: [Int]) -> String {
        guard !indices.isEmpty else { return "nothing" }
        return indices.map { index in
            let number = presentation.steps[index].number
            return "<a href=\"#step-\(number)\">\(number)</a>"
        }.joined(separator: " ")
    }

    private func stack(_ location: SourceLocation) -> String {
        let calls = location.stack.map { call in
            let place = markup("\(call.file):\(call.line)")
            let line = fileIndices[call.file].map { "<a href=\"#line-\($0)-\(call.line)\">\(place)</a>" } ?? place
            let function = call.function.isEmpty ? "" : " in \(markup(call.function))"
            let text = presentation.plan.call(at: call)
            return "<li>\(line)\(function)<code>\(markup(text))</code></li>"
        }
        return "<h3>Asked for by</h3>\n<ol class=\"stack\">\(calls.joined())</ol>\n"
    }

    // MARK: - The overview

    private var overview: String {
        let settings = RuntimeDescription(presentation.plan.runtime).lines.map { ($0.name, markup($0.text)) }
        let facts = presentation.plan.facts.map { fact in
            (fact.subject.kind, "\(markup(fact.subject.name)) <em>\(markup(fact.origin.text))</em>")
        }
        var text =
            "<article id=\"overview\">\n<p class=\"hint\">Click a step or a line of the source. "
            + "Arrow keys move, Enter selects, Escape comes back here.</p>\n<h2>The environment</h2>\n" + list(settings)
        if !facts.isEmpty { text += "<h2>It depends on</h2>\n" + list(facts) }
        return text + "</article>\n"
    }

    /// Filled by the script when a line is selected.
    private var lineArticle: String {
        "<article id=\"line-steps\" hidden><h2></h2><ul></ul></article>\n"
    }

    /// - Parameter rows: names, and markup. A name that was the last one too is not repeated.
    private func list(_ rows: [(String, String)]) -> String {
        var text = "<dl>\n"
        for (index, row) in rows.enumerated() {
            let isRepeated = index > 0 && rows[index - 1].0 == row.0
            text += (isRepeated ? "" : "<dt>\(markup(row.0))</dt>") + "<dd>\(row.1)</dd>\n"
        }
        return text + "</dl>\n"
    }

    private func markup(_ text: String) -> String { text.onOneLine.escapedForMarkup }
}

/// RFC 4648.
private enum Base64 {
    static func text(_ digest: Digest) -> String {
        let digits = digest.description.dropFirst("sha256:".count).compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | $1 } << (8 * (3 - group.count))
            for place in 0..<4 {
                result.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : "=")
            }
        }
        return result
    }
}
