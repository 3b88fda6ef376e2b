import EnvdLanguage
import Foundation
import LLB

/// A project in a directory of its own, which goes away with it.
final class TemporaryProject {
    let url: URL

    /// - Parameter files: contents by relative path.
    init(_ files: [String: String], name: String = "demo") throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            .appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, content) in files {
            let file = url.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: url.deletingLastPathComponent())
    }

    func request() throws -> PlanRequest {
        var request = PlanRequest(project: try ProjectDirectory(url.path))
        request.publicKey = "ssh-rsa KEY me@here\n"
        request.owner = PlanRequest.Owner(user: 1000, group: 1000)
        return request
    }

    func plan() throws -> Plan {
        try Planner(request()).plan()
    }

    /// Messages name files with the directory in front, which is another one in every run.
    func withoutDirectory(_ text: String) -> String {
        text.replacingOccurrences(of: url.path + "/", with: "")
    }
}

extension PlanError {
    /// `LINE:COLUMN message`, the place in the user's file.
    func line(in project: TemporaryProject) -> String {
        let place = location.map { "\(project.withoutDirectory($0.file)):\($0.line):\($0.column): " } ?? ""
        return place + project.withoutDirectory(message)
    }
}
