import EnvdAnalysis
import Foundation
import Testing

@testable import envd

/// What rules learn of the files of a project on disk.
@Suite struct DiskProjectTests {
    /// A new folder, removed with the value.
    private final class Folder {
        let url: URL

        init(files: [String: String] = [:]) throws {
            url = FileManager.default.temporaryDirectory.appendingPathComponent("envd-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for (name, text) in files {
                let file = url.appendingPathComponent(name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: false, encoding: .utf8)
            }
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        func path(_ name: String) -> Path { Path(bytes: url.appendingPathComponent(name).path.utf8) }
    }

    private func view(_ folder: Folder, of name: String) throws -> ProjectView {
        try #require(DiskProject(ofFileAt: folder.path(name))).view
    }

    @Test func theStatusOfPaths() throws {
        let folder = try Folder(files: ["build.envd": "", "a.txt": "a", "data/b.txt": "b"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/inside", withDestinationPath: "data")
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/outside", withDestinationPath: "/usr")
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/nowhere", withDestinationPath: "missing")
        let view = try view(folder, of: "build.envd")
        let expected: [(String, ProjectView.Status)] = [
            ("a.txt", .file), ("./a.txt", .file), ("data/../a.txt", .file), ("data/b.txt", .file),
            ("inside/b.txt", .file), ("data", .directory), ("data/", .directory), (".", .directory), ("", .directory),
            ("inside", .directory), ("missing", .missing), ("data/missing/x", .missing), ("nowhere", .missing),
            ("a.txt/x", .missing), ("a\0b", .outside), ("..", .outside), ("../x", .outside),
            ("data/../../x", .outside), ("outside", .outside), ("outside/bin", .outside), ("/usr", .outside),
            (folder.url.path + "/a.txt", .file), (folder.url.path + "x", .outside),
        ]
        for (path, status) in expected { #expect(view.status(path) == status, "\(path)") }
    }

    @Test func theContentOfFiles() throws {
        let large = String(repeating: "x", count: (1 << 20) + 1)
        let folder = try Folder(files: [
            "build.envd": "", "a.txt": "a", "large": large, "full": String(large.dropLast()),
        ])
        #expect(mkfifo(folder.url.path + "/pipe", 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/outside", withDestinationPath: "/etc/passwd")
        let view = try view(folder, of: "build.envd")
        #expect(view.content("a.txt") == [UInt8(ascii: "a")])
        #expect(view.content("full")?.count == 1 << 20)
        for name in ["large", "pipe", "outside", "missing", ".", "/etc/passwd"] { #expect(view.content(name) == nil) }
    }

    @Test func theProjectOfALibraryIsThatOfItsProgram() throws {
        let folder = try Folder(files: ["build.envd": "", "a.txt": "", "lib/deep/x.envd": "", "lib/b.txt": ""])
        let library = try view(folder, of: "lib/deep/x.envd")
        #expect(library.status("a.txt") == .file)
        #expect(library.status("lib/b.txt") == .file)
        // Without a program it is the library's own folder.
        let alone = try Folder(files: ["lib/x.envd": "", "lib/b.txt": "", ".git/HEAD": ""])
        #expect(try view(alone, of: "lib/x.envd").status("b.txt") == .file)
        #expect(DiskProject(ofFileAt: folder.path("missing/x.envd")) == nil)
    }

    @Test func pathsOfTheHost() throws {
        let folder = try Folder(files: ["build.envd": "", "a.txt": ""])
        let view = try view(folder, of: "build.envd")
        #expect(view.hostPathExists("/") == true)
        #expect(view.hostPathExists("/missing/x") == false)
        #expect(view.hostPathExists("a.txt") == true)
        #expect(view.hostPathExists("../\(folder.url.lastPathComponent)/a.txt") == true)
        #expect(view.hostPathExists("~somebody/x") == nil)
        #expect(view.hostPathExists("$HOME/x") == nil)
        if getenv("HOME") != nil { #expect(view.hostPathExists("~/missing-\(UUID().uuidString)") == false) }
    }
}
