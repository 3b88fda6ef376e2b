import EnvdLanguage

/// Where a test stands: its project, outside of which it reads nothing, and its place there.
///
/// The project is the nearest folder at or above the test that has a `build.envd`; the search ends at the top of a git
/// repository. Without one it is the current folder, or the test's own if that is elsewhere.
struct TestProject {
    let request: PlanRequest
    /// The folder of the test as seen from the project, empty if it is the same.
    let folder: String

    init(of path: Path) throws(CommandFailure) {
        let own = path.parent
        let root = Self.root(above: own)
        let (ownPath, rootPath) = (own.resolved?.bytes ?? [], root.resolved?.bytes ?? [])
        let rest = ownPath.starts(with: rootPath) ? ownPath.dropFirst(rootPath.count) : []
        folder = String(decoding: rest.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
        do throws(ProjectDirectory.ReadError) {
            var request = PlanRequest(project: try ProjectDirectory(String(decoding: root.bytes, as: UTF8.self)))
            // The same wherever the tests run.
            request.currentOwner = PlanRequest.Owner(user: 1000, group: 1000)
            self.request = request
        } catch {
            throw CommandFailure(error.description)
        }
    }

    private static func root(above own: Path) -> Path {
        if let folder = own.nearestProgramFolder { return folder }
        let current = Path(bytes: ".".utf8)
        guard let here = current.resolved, let place = own.resolved else { return own }
        return place.isWithin(here) ? current : own
    }
}
