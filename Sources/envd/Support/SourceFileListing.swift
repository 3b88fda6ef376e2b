import Synchronization

/// The files of the language in a folder, looked for again only where something says that there may be others.
///
/// An editor needs them for many questions about a name, each right behind an edit. To see that a search would find the same takes one
/// call of the system for each folder, where the search takes one or two for each file.
final class SourceFileListing: Sendable {
    private let folder: String
    private let known = Mutex<Known?>(nil)

    private struct Known: Sendable {
        let files: [Path]
        let looks: [FileLook]
    }

    init(_ folder: String) { self.folder = folder }

    /// Whether what was found last need not be looked for again if nothing changes.
    var isKept: Bool { known.withLock { $0 != nil } }

    /// As `SourceFileSearch` finds them now.
    var files: [Path] {
        if let known = known.withLock({ $0 }), known.looks.allSatisfy(\.isSameNow) { return known.files }
        let log = FileLooks()
        let found = SourceFileSearch([folder], log: log).files
        let new = log.isRepeatable ? Known(files: found, looks: log.looks) : nil
        known.withLock { $0 = new }
        return found
    }
}

/// What a search has looked at.
final class FileLooks {
    private(set) var looks: [FileLook] = []
    /// Whether all that the search found hangs on what it looked at, and nothing of that has changed so lately that it could change again
    /// without a trace.
    private(set) var isRepeatable = true

    /// Notes a path before its content is read, so that what changes meanwhile shows later.
    func note(_ path: Path, _ aspect: FileLook.Aspect) {
        let look = FileLook(path, aspect)
        looks.append(look)
        if !look.isOld { isRepeatable = false }
    }

    /// Notes that something was found by more than was looked at.
    func noteOther() { isRepeatable = false }
}

/// What the system said of a path, in the aspect that mattered.
struct FileLook: Sendable {
    enum Aspect: Sendable {
        /// What a file or folder holds.
        case content
        /// Whether a folder is there, whatever it holds.
        case folder
    }

    private struct Stamp: Equatable, Sendable {
        let isDirectory: Bool
        var identity: FileIdentity?
        /// When content and attributes last changed, in nanoseconds since 1970.
        var times: [Int64] = []

        init(_ information: stat, _ aspect: Aspect) {
            isDirectory = information.isDirectory
            guard aspect == .content else { return }
            identity = FileIdentity(information)
            times = [information.st_mtim, information.st_ctim].map(nanoseconds)
        }
    }

    private let path: Path
    private let aspect: Aspect
    /// Nil if nothing was there.
    private let stamp: Stamp?

    /// The clock of a file system stands still for up to some hundredths of a second, and where it counts seconds, for one.
    private static let (step, coarseStep): (Int64, Int64) = (50_000_000, 2_000_000_000)

    init(_ path: Path, _ aspect: Aspect) {
        self.path = path
        self.aspect = aspect
        stamp = path.status().map { Stamp($0, aspect) }
    }

    /// Whether the system still says the same.
    var isSameNow: Bool { path.status().map { Stamp($0, aspect) } == stamp }

    /// Whether a change from now on is sure to show.
    fileprivate var isOld: Bool {
        guard let times = stamp?.times, !times.isEmpty else { return true }
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        return times.allSatisfy { time in
            let isCoarse = time % 1_000_000_000 == 0
            return time < nanoseconds(now) - (isCoarse ? FileLook.coarseStep : FileLook.step)
        }
    }
}

private func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
