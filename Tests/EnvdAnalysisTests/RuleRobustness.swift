import EnvdAnalysis
import EnvdSyntax
import Testing

/// Rules over calls that nobody would write.
@Suite struct RuleRobustness {
    private static let pieces = [
        "a", "'", "'", "\\\"", "\\\\", " ", " ", "$", "$1", "$(", "${", "}", ")", "(", "`", "|", "||", "&&", "&", ";",
        ">", "<", "<<E",
        "#", "~", "==", "=", "[", "]", ",", "@", "!", "*", "-y", "-rf ", "/", "apt-get install ", "pip install ",
        "sudo ", "curl ",
        "http://a.b", "://u:p@h", "rm ", "cd ", "export A=", "yes | ", "sh", "-c", "RUN ", "\\n", "\\x41", "ä", "1.2",
        "numpy", "sha256:",
    ]
    private static let calls = [
        "run([@, @])", "run(commands=[@, x, @])", "runtime.init([@, @])",
        "runtime.daemon([[@, @], [\"bash\", \"-c\", @]])",
        "runtime.command({@: @})", "install.python_packages([@, @])", "install.apt_packages([@, @])",
        "install.conda_packages([@, @])", "base(@, True)", "io.http(@, @, @)", "io.copy(@, @, @)",
        "config.pip_index(@, @, True)",
        "runtime.environ({\"A_TOKEN\": @})", "install.python()", "install.conda()",
    ]

    /// Each loop may change what the loops around it begin with: to follow all of that would take for ever.
    @Test func loopsInLoopsAreChecked() {
        let depth = 40
        var source = "def build(names):\n    one = None\n    two = 0\n"
        for level in 1...depth { source += String(repeating: "    ", count: level) + "for name in names:\n" }
        let indentation = String(repeating: "    ", count: depth + 1)
        source += "\(indentation)one = two\n\(indentation)two = [one]\n    two.upper()\n    [].upper()\n"
        let findings = lint(SourceFile(source), dialect: .envd, environment: .envd, rules: allRules)
        #expect(findings.filter { $0.code == "unknown-attribute" }.count == 1)
    }

    /// Every finding lies within the file, and its fixes leave a program that parses.
    @Test func findingsAreWithinTheFile() {
        var generator = SplitMix(seed: 11)
        var count = 0
        for _ in 0..<3_000 {
            var source = "def build():\n"
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                var call = ""
                for character in RuleRobustness.calls.randomElement(using: &generator) ?? "" {
                    guard character == "@" else {
                        call.append(character)
                        continue
                    }
                    let text = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                        RuleRobustness.pieces.randomElement(using: &generator) ?? ""
                    }.joined()
                    call += "\"\(text)\""
                }
                source += "    \(call)\n"
            }
            let file = SourceFile(source)
            for finding in lint(file, dialect: .envd, environment: .envd, rules: allRules) {
                count += 1
                #expect(finding.range.lowerBound >= 0 && finding.range.upperBound <= file.utf8Count, "\(source)")
                for fix in finding.fixes {
                    var fixed = file
                    for edit in fix.edits.reversed() {
                        fixed = fixed.replacing(edit.range, with: Array(edit.replacement.utf8))
                    }
                    #expect(
                        fixed.diagnostics.count <= file.diagnostics.count, "\(finding.code): \(fix.title)\n\(source)")
                }
            }
        }
        #expect(count > 5_000)
    }

    /// Twice the calls take twice the time; what compared all with all would be noticed.
    @Test func manyCallsAreLookedAtOnce() {
        var source = "def build():\n    base(dev=False)\n"
        for index in 0..<5_000 { source += "    run([\"sudo apt-get install tool\(index)\", \"echo '$a|b'\"])\n" }
        source += "    install.apt_packages([\"git\"])\n"
        let findings = lint(SourceFile(source), dialect: .envd, environment: .envd, rules: allRules)
        #expect(findings.count >= 15_000)
    }
}
