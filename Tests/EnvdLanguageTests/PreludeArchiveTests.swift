import EnvdSyntax
import Starlark
import Testing

@testable import EnvdLanguage

@Suite struct PreludeArchiveTests {
    @Test(arguments: PreludeFile.all.map(\.name))
    func theArchiveIsWhatTheFileCompilesTo(name: String) throws {
        let file = try #require(PreludeFile.all.first { $0.name == name })
        let archived = try file.archivedProgram()
        #expect(archived.disassembly == (try Program(file.source, named: name)).disassembly, "run scripts/generate")
    }
}
