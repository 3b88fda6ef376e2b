import StarlarkTesting
import Testing

@Suite struct JUnitReportTests {
    @Test func aReportCountsNamesAndEscapes() {
        var file = TestFileResult(file: "lib/tools_test.envd")
        let failure = TestProblem(kind: .failure, message: "1 < \"2\" &\nmore\u{1B}", stack: [])
        let limit = TestProblem(kind: .error, message: "too many steps", stack: [])
        file.results = [
            TestResult(name: "test_a", problems: [], output: "", duration: .milliseconds(7)),
            TestResult(name: "test_b", problems: [failure], output: "<out>\r\n\u{FFFF}", duration: .seconds(2)),
            TestResult(name: "test_c", problems: [failure, limit], output: "", duration: .zero),
        ]
        var broken = TestFileResult(file: "./broken_test.star")
        broken.problem = TestProblem(kind: .error, message: "undefined name: x", stack: [])
        let report = JUnitReport([file, broken]) { "at \($0.message)" }
        #expect(
            report.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="4" failures="1" errors="2" time="2.007">
                  <testsuite name="lib/tools_test.envd" tests="3" failures="1" errors="1" skipped="0" time="2.007">
                    <testcase classname="lib.tools_test" name="test_a" file="lib/tools_test.envd" time="0.007"/>
                    <testcase classname="lib.tools_test" name="test_b" file="lib/tools_test.envd" time="2.000">
                      <failure message="1 &lt; &quot;2&quot; &amp;&#10;more\\x1B" type="AssertionError">at 1 &lt; "2" &amp;
                more\\x1B</failure>
                      <system-out>&lt;out&gt;&#13;
                \\uFFFF</system-out>
                    </testcase>
                    <testcase classname="lib.tools_test" name="test_c" file="lib/tools_test.envd" time="0.000">
                      <error message="1 &lt; &quot;2&quot; &amp;&#10;more\\x1B" type="Error">at 1 &lt; "2" &amp;
                more\\x1B

                at too many steps</error>
                    </testcase>
                  </testsuite>
                  <testsuite name="./broken_test.star" tests="1" failures="0" errors="1" skipped="0" time="0.000">
                    <testcase classname="broken_test" name="(file)" file="./broken_test.star" time="0.000">
                      <error message="undefined name: x" type="Error">at undefined name: x</error>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }
}
