import Foundation
import Testing

@testable import envd

@Suite struct SourceFileListingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "listing-\(UUID().uuidString)").path

    private func write(_ name: String, _ text: String = "") throws {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func settle() async throws { try await Task.sleep(for: .milliseconds(80)) }

    @Test func whatChangesIsSeenAndWhatStaysIsKept() async throws {
        try write("build.envd")
        try write("lib/tools.envd")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await settle()
        let listing = SourceFileListing(folder)
        func names() -> [String] {
            listing.files.map { String(decoding: $0.bytes, as: UTF8.self).replacing(folder + "/", with: "") }
        }
        #expect(names() == ["build.envd", "lib/tools.envd"])
        #expect(listing.isKept)
        // What a file holds changes nothing.
        try write("build.envd", "x = 1\n")
        #expect(names() == ["build.envd", "lib/tools.envd"] && listing.isKept)

        // Folders that changed just now may change again at the same tick of their clock.
        try write("lib/more.envd")
        #expect(names() == ["build.envd", "lib/more.envd", "lib/tools.envd"] && !listing.isKept)
        try await settle()
        #expect(names().count == 3 && listing.isKept)

        try write(".gitignore", "more.envd\n")
        #expect(names() == ["build.envd", "lib/tools.envd"])
        try await settle()
        _ = names()
        try FileManager.default.createDirectory(atPath: folder + "/.git", withIntermediateDirectories: true)
        try write(".git/info/exclude", "tools.envd\n")
        #expect(names() == ["build.envd"])
        try write(".gitignore", "")
        #expect(names() == ["build.envd", "lib/more.envd"])
    }

    /// After every change, at whatever distance of time, the listing is what a search finds.
    @Test func randomChanges() async throws {
        var random = SystemRandomNumberGenerator()
        try write("build.envd")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let listing = SourceFileListing(folder)
        for _ in 0..<150 {
            let place = ["", "a/", "b/", "a/c/"].randomElement(using: &random) ?? ""
            let name = place + (["x.envd", "y.envd", "z.txt", ".gitignore"].randomElement(using: &random) ?? "")
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: try write(name, ["x.envd\n", "!x.envd\nc/\n", ""].randomElement(using: &random) ?? "")
            case 5: try? FileManager.default.removeItem(atPath: folder + "/" + name)
            case 6: try? FileManager.default.removeItem(atPath: folder + "/" + place + "x.envd")
            case 7:
                try? FileManager.default.createSymbolicLink(
                    atPath: folder + "/" + place + "link.envd", withDestinationPath: "x.envd")
            case 8: try removeLinks()
            default: try await settle()
            }
            #expect(listing.files == SourceFileSearch([folder]).files)
        }
        // Where links lead may change without a trace.
        try removeLinks()
        try await settle()
        _ = listing.files
        #expect(listing.isKept)
        #expect(listing.files == SourceFileSearch([folder]).files)
    }

    private func removeLinks() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        for name in names where name.hasSuffix("link.envd") {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}
