import PlanRendering
import Testing

/// Commands as people would type them.
@Suite struct ReadableCommandTests {
    @Test(arguments: [
        (["pip", "install", "torch>=2"], ["pip install 'torch>=2'"]),
        (["bash", "-c", "apt-get update && apt-get install -y vim"], ["apt-get update && apt-get install -y vim"]),
        (["bash", "-c", "set -euo pipefail\npytest\nmake docs\n"], ["pytest", "make docs"]),
        (["sh", "-c", "\n\t\tone &&\n\t\t\ttwo\n"], ["one &&", "\ttwo"]),
        // Parameters of the script cannot be left out.
        (["bash", "-c", "echo its", "broken"], ["bash -c 'echo its' broken"]),
        (["bash", "-c", "set -e"], ["set -e"]),
        (["bash", "-c", ""], [""]),
        (["useradd", "-p", "", "it's"], ["useradd -p '' 'it'\\''s'"]),
        (["julia", "-e", "using Pkg"], ["julia -e 'using Pkg'"]),
    ])
    func lines(arguments: [String], expected: [String]) {
        #expect(ReadableCommand(arguments).lines == expected)
    }

    @Test func settingsOfTheShellAreKeptApart() {
        #expect(ReadableCommand(["bash", "-c", "set -euo pipefail\nls"]).settings == "set -euo pipefail")
        #expect(ReadableCommand(["bash", "-c", "ls"]).settings == "")
    }

    @Test func rangesOfNumbers() {
        #expect(numberRanges([]) == "")
        #expect(numberRanges([4]) == "4")
        #expect(numberRanges([1, 2]) == "1, 2")
        #expect(numberRanges([1, 3, 4, 5, 9, 10, 12]) == "1, 3–5, 9, 10, 12")
    }
}
