import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import LLB

/// Runs the program in a file for the linter: in its project, with the facts that are locked there and no others, so that the findings
/// are the same on every machine.
struct LintDryRun: Sendable {
    private let root: Path
    /// The program as seen from the project.
    private let name: String

    /// - Returns: nil if there is no such folder, or the file's name is no text.
    init?(ofFileAt path: Path) {
        let folder = path.parent
        guard let root = (folder.nearestProgramFolder ?? folder).resolved else { return nil }
        self.init(ofFileAt: path, folder: folder.resolved, in: root)
    }

    /// - Parameters:
    ///   - folder: the file's own, without symbolic links.
    ///   - root: the project of the file, without symbolic links.
    /// - Returns: nil if there is no such folder, or the file's name is no text.
    init?(ofFileAt path: Path, folder: Path?, in root: Path) {
        guard let components = folder.flatMap({ path.components(in: $0, from: root) }),
            let name = String(validating: components.joined(separator: [UInt8(ascii: "/")]), as: UTF8.self)
        else { return nil }
        self.root = root
        self.name = name
    }

    /// What happens in the program; nil if that is not certain.
    ///
    /// - Parameter file: what the file would hold.
    func run(_ file: SourceFile) -> DryRun? {
        guard let rootName = String(validating: root.bytes, as: UTF8.self),
            let project = try? ProjectDirectory(rootName).holding([name: file.bytes])
        else { return nil }
        var request = PlanRequest(project: project)
        request.file = name
        // Any key will do: that there is none is no business of the program's.
        request.publicKey = "ssh-rsa AAAA"
        if let lock = (try? project.read("envd.lock")) ?? nil {
            guard let table = try? FactTable(json: lock) else { return nil }
            let locked = FactSource(file: "envd.lock", table, repositories: UserCache.repositories)
            request.facts = [locked, .commonImages]
        }
        return Planner.dryRun(request)
    }
}
