import EnvdLanguage

/// A plan as a picture: a box for each step, coloured by what it does, and an arrow from what each uses.
///
/// Every box is a group `step-N` with its number in `data-step`; every edge names its ends in `data-from` and `data-to`.
package struct PlanSVG {
    private let presentation: PlanPresentation
    private let drawing: GraphDrawing

    package init(_ presentation: PlanPresentation) {
        self.presentation = presentation
        drawing = GraphDrawing(presentation.graph)
    }

    private static let headerHeight = 56.0
    private static let titleSize = 13.0
    private static let noteSize = 11.0

    /// A document of its own.
    package var document: String {
        let width = max(drawing.width, 480)
        let height = drawing.height + PlanSVG.headerHeight
        let margin = GraphDrawing.Metrics().margin
        let title = TextMeasure.fitting(presentation.program.onOneLine, into: width - 2 * margin, size: 17)
        let summary = TextMeasure.fitting(presentation.summary, into: width - 2 * margin - 320, size: 12)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width.coordinate)" height="\(height.coordinate)" \
            viewBox="0 0 \(width.coordinate) \(height.coordinate)" role="img">
            <title>\(presentation.program.escapedForMarkup)</title>
            <style>
            \(PlanSVG.style)</style>
            <rect class="background" width="100%" height="100%"/>
            <text class="heading" x="\(margin.coordinate)" y="28">\(title.escapedForMarkup)</text>

            """
        if !summary.hasSuffix("…") {
            text += "<text class=\"summary\" x=\"\(margin.coordinate)\" y=\"48\">\(summary.escapedForMarkup)</text>\n"
        }
        text += legend(right: width - margin)
        text +=
            "<g transform=\"translate(\(((width - drawing.width) / 2).coordinate) \(PlanSVG.headerHeight.coordinate))\">\n"
        text += content
        return text + "</g>\n</svg>\n"
    }

    /// An element within a page that has the style in its own.
    ///
    /// - Parameter stepAttributes: more attributes for the group of a step.
    func element(stepAttributes: (Int) -> String) -> String {
        let (width, height) = (drawing.width.coordinate, drawing.height.coordinate)
        return """
            <svg class="plan" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="group" \
            aria-label="Steps">
            \(content(stepAttributes))</svg>
            """
    }

    static let style = String(decoding: PackageResources.picture_css, as: UTF8.self)

    // MARK: - The graph

    private var content: String { content { _ in "" } }

    private func content(_ stepAttributes: (Int) -> String) -> String {
        var text = """
            <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
            <path class="tip" d="M0 0.5 L8 4 L0 7.5 z"/></marker></defs>

            """
        for edge in drawing.edges { text += self.edge(edge) }
        for index in presentation.steps.indices { text += box(index, stepAttributes(index)) }
        return text
    }

    private func edge(_ edge: GraphDrawing.Edge) -> String {
        var path = "M\(edge.start.x.coordinate) \(edge.start.y.coordinate)"
        var last = edge.start
        for piece in edge.pieces {
            switch piece {
            case .line(let point):
                path += " L\(point.x.coordinate) \(point.y.coordinate)"
                last = point
            case .curve(let point):
                let middle = ((last.y + point.y) / 2).coordinate
                path +=
                    abs(last.x - point.x) < 0.05
                    ? " L\(point.x.coordinate) \(point.y.coordinate)"
                    : " C\(last.x.coordinate) \(middle) \(point.x.coordinate) \(middle) "
                        + "\(point.x.coordinate) \(point.y.coordinate)"
                last = point
            }
        }
        let steps = presentation.steps
        return "<path class=\"edge\" data-from=\"\(steps[edge.from].number)\" data-to=\"\(steps[edge.to].number)\" "
            + "d=\"\(path)\" marker-end=\"url(#arrow)\"/>\n"
    }

    private func box(_ index: Int, _ attributes: String) -> String {
        let step = presentation.steps[index]
        let box = drawing.boxes[index]
        let textX = box.x + 44
        let room = box.width - 44 - 10
        let title = TextMeasure.fitting(StepDescription(step).title.onOneLine, into: room, size: PlanSVG.titleSize)
        let cause = presentation.cause(of: step).map { " · \($0)" } ?? ""
        let note = TextMeasure.fitting(
            (step.kind.rawValue + cause).onOneLine, into: room, size: PlanSVG.noteSize)
        let (x, y) = (box.x.coordinate, box.y.coordinate)
        return """
            <g class="step \(step.kind.family.rawValue)" id="step-\(step.number)" data-step="\(step.number)"\(attributes)>\
            <title>\(presentation.tooltip(of: step).escapedForMarkup)</title>\
            <rect class="box" x="\(x)" y="\(y)" width="\(box.width.coordinate)" height="\(box.height.coordinate)" rx="7"/>\
            <path class="stripe" d="M\((box.x + 7).coordinate) \(y) a7 7 0 0 0 -7 7 v\((box.height - 14).coordinate) \
            a7 7 0 0 0 7 7 z"/>\
            <text class="number" x="\((box.x + 36).coordinate)" y="\((box.y + 18).coordinate)">\(step.number)</text>\
            <text class="title" x="\(textX.coordinate)" y="\((box.y + 18).coordinate)">\(title.escapedForMarkup)</text>\
            <text class="note" x="\(textX.coordinate)" y="\((box.y + 34).coordinate)">\(note.escapedForMarkup)</text></g>

            """
    }

    // MARK: - The legend

    private func legend(right: Double) -> String {
        let present = Set(presentation.steps.map(\.kind.family))
        let families = PlanStep.Kind.Family.allCases.filter(present.contains)
        var text = ""
        var x = right
        for family in families.reversed() {
            let width = family.rawValue.unicodeScalars.reduce(0) { $0 + TextMeasure.width(of: $1) * 12 } + 22
            x -= width
            text +=
                "<g class=\"\(family.rawValue)\"><rect class=\"key\" x=\"\(x.coordinate)\" y=\"38\" width=\"11\" "
                + "height=\"11\" rx=\"3\"/><text class=\"summary\" x=\"\((x + 16).coordinate)\" y=\"48\">"
                + "\(family.rawValue)</text></g>\n"
        }
        return text
    }
}
