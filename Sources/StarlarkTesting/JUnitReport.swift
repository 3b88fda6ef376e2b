/// Results of tests as XML in the shape that continuous integration systems read: JUnit's.
///
/// There is no time of day in it, since the same tests should give the same report but for how long they took.
package struct JUnitReport {
    private let files: [TestFileResult]
    /// The traceback of a problem as text; what it needs to know of sources, whoever makes the report knows.
    private let describe: (TestProblem) -> String

    package init(_ files: [TestFileResult], describe: @escaping (TestProblem) -> String) {
        self.files = files
        self.describe = describe
    }

    package var text: String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        let total = files.reduce(Duration.zero) { $0 + Self.duration($1) }
        xml += "<testsuites\(Self.counts(files)) time=\"\(Self.seconds(total))\">\n"
        for file in files { write(file, to: &xml) }
        return xml + "</testsuites>\n"
    }

    private func write(_ file: TestFileResult, to xml: inout String) {
        let name = Self.attribute("name", file.file)
        let time = Self.attribute("time", Self.seconds(Self.duration(file)))
        xml += "  <testsuite\(name)\(Self.counts([file])) skipped=\"0\"\(time)>\n"
        if let problem = file.problem {
            // A report has no other place for what belongs to no test.
            let result = TestResult(name: "(file)", problems: [problem], output: file.output, duration: .zero)
            write(result, of: file, to: &xml)
        }
        for result in file.results { write(result, of: file, to: &xml) }
        xml += "  </testsuite>\n"
    }

    private func write(_ result: TestResult, of file: TestFileResult, to xml: inout String) {
        // CI systems group by class, whose parts dots separate.
        let path = file.file.split(separator: "/").filter { $0 != "." }.joined(separator: ".")
        let className = path.hasSuffix(".envd") || path.hasSuffix(".star") ? String(path.dropLast(5)) : path
        xml += "    <testcase\(Self.attribute("classname", className))\(Self.attribute("name", result.name))"
        xml += Self.attribute("file", file.file) + Self.attribute("time", Self.seconds(result.duration))
        guard !result.hasPassed || !result.output.isEmpty else {
            xml += "/>\n"
            return
        }
        xml += ">\n"
        if let first = result.problems.first {
            // One element a test: readers count them.
            let element = result.problems.contains { $0.kind == .error } ? "error" : "failure"
            let text = result.problems.map(describe).joined(separator: "\n\n")
            xml += "      <\(element)\(Self.attribute("message", first.message))"
            xml += " type=\"\(element == "error" ? "Error" : "AssertionError")\">"
            xml += "\(Self.escaped(text, isAttribute: false))</\(element)>\n"
        }
        if !result.output.isEmpty {
            xml += "      <system-out>\(Self.escaped(result.output, isAttribute: false))</system-out>\n"
        }
        xml += "    </testcase>\n"
    }

    // MARK: - Figures

    private static func counts(_ files: [TestFileResult]) -> String {
        var (tests, failures, errors) = (0, 0, 0)
        for file in files {
            tests += file.results.count
            for result in file.results where !result.hasPassed {
                if result.problems.contains(where: { $0.kind == .error }) { errors += 1 } else { failures += 1 }
            }
            if let problem = file.problem {
                tests += 1
                if problem.kind == .error { errors += 1 } else { failures += 1 }
            }
        }
        return " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\""
    }

    private static func duration(_ file: TestFileResult) -> Duration {
        file.results.reduce(.zero) { $0 + $1.duration }
    }

    /// Seconds with three digits behind the point.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = String(attoseconds / 1_000_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: max(0, 3 - milliseconds.count)) + milliseconds
    }

    // MARK: - XML

    private static func attribute(_ name: String, _ value: String) -> String {
        " \(name)=\"\(escaped(value, isAttribute: true))\""
    }

    /// Text as XML 1.0 can hold it. Characters that it cannot, such as most control characters, are shown as `\x1B`.
    package static func escaped(_ text: String, isAttribute: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            case "\n" where isAttribute: result += "&#10;"
            case "\t" where isAttribute: result += "&#9;"
            // A reader would take it for a line feed.
            case "\r": result += "&#13;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}": result += "\\x" + hexadecimal(scalar, digits: 2)
            case "\u{FFFE}", "\u{FFFF}": result += "\\u" + hexadecimal(scalar, digits: 4)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
