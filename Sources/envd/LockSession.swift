import EnvdLanguage
import FactFetching
import LLB

/// Finds out which facts the plans of programs need, by making them again until nothing is missing.
struct LockSession {
    let programs: [PlanRequest]
    let file: LockFile
    let settings: FetchSettings
    let mode: Mode

    enum Mode {
        /// Ask for what is missing.
        case complete
        /// Ask for everything.
        case update
        /// Ask nobody.
        case offline
        /// Only tell what is missing; the files of libraries at known commits are fetched all the same.
        case check
    }

    /// A library may include another, which is known only when the first one is there.
    private static let maximumRounds = 100

    private var table: FactTable
    private var places: [FactRequest: SourceLocation] = [:]
    private var asked: Set<FactRequest> = []
    private var fetched = FactTable()

    init(programs: [PlanRequest], file: LockFile, settings: FetchSettings, mode: Mode) {
        self.programs = programs
        self.file = file
        self.settings = settings
        self.mode = mode
        table = file.table
        if mode == .update { table.removeAskable() }
        table.removeImages(notFor: settings.platform.text)
    }

    /// - Returns: the facts that the programs need, all of them and nothing else.
    mutating func run() throws -> FactTable {
        var needed = FactTable()
        for program in programs { needed.merge(try facts(of: program)) }
        rememberFetched()
        return needed
    }

    // MARK: - One program

    private mutating func facts(of program: PlanRequest) throws -> FactTable {
        for _ in 0..<LockSession.maximumRounds {
            let planner = Planner(program.with(try sources()))
            let outcome = Swift.Result { () throws(PlanError) in try planner.plan() }
            if takeFromCache(planner.facts) { continue }
            let missing = missingFacts(planner)
            if missing.isEmpty || mode == .check && !missing.contains(where: \.isContentOfKnownCommit) {
                if mode == .check, !missing.isEmpty { try reportMissing(missing) }
                if case .failure(let error) = outcome { throw report(error) }
                return used(planner.facts)
            }
            try ask(missing)
        }
        throw CommandFailure("the program includes libraries without end")
    }

    private func sources() throws(CommandFailure) -> [FactSource] {
        var sources = [FactSource(file: file.path.displayName, table, repositories: settings.repositories)]
        if mode == .offline, let cache = try cache() {
            sources.append(FactSource(file: cache.name, cache.table, repositories: settings.repositories))
        }
        return sources + [.commonImages]
    }

    /// What a planner had to assume and somebody can be asked for, in the order in which it was needed.
    private mutating func missingFacts(_ planner: Planner) -> [FactRequest] {
        var missing: [FactRequest] = []
        for fact in planner.facts {
            var request: FactRequest?
            if case .repository(let url) = fact.subject, let commit = planner.unfetchedCommits[url] {
                request = .repository(url, commit: commit)
            } else if case .assumed = fact.origin {
                request = FactRequest(fact.subject)
            }
            guard let request, !missing.contains(request) else { continue }
            missing.append(request)
            if places[request] == nil { places[request] = fact.location }
        }
        return missing
    }

    /// The facts of the lock file that a plan used, under the keys that they have there.
    private func used(_ facts: [UsedFact]) -> FactTable {
        var used = FactTable()
        for fact in facts where fact.origin == .file(file.path.displayName) { used.copy(fact.subject, from: table) }
        return used
    }

    // MARK: - Asking

    private mutating func ask(_ missing: [FactRequest]) throws {
        guard mode != .offline else { throw failure(missing.map { ($0, FetchError.offline) }) }
        let requests = mode == .check ? missing.filter(\.isContentOfKnownCommit) : missing
        if let again = requests.first(where: { asked.contains($0) }) {
            throw CommandFailure("\(again.kind) \(printable(again.name)) was asked for and is still not known")
        }
        asked.formUnion(requests)
        let progress = LockProgress()
        let settings = settings
        let answers = waiting { () -> Result<[FactRequest: Result<FetchedFact, FetchError>], FetchError> in
            do throws(FetchError) {
                let fetcher = try FactFetcher(settings)
                let answers = await fetcher.fetch(requests) { progress.report($0) }
                await fetcher.shutdown()
                return .success(answers)
            } catch {
                return .failure(error)
            }
        }
        let found: [FactRequest: Result<FetchedFact, FetchError>]
        switch answers {
        case .success(let all): found = all
        case .failure(let error): throw CommandFailure(printable(error.description))
        }
        var failures: [(FactRequest, FetchError)] = []
        for request in requests {
            switch found[request] {
            case .success(let fact):
                if let error = fact.refusal(of: request) {
                    failures.append((request, error))
                } else {
                    table.add(fact, for: request)
                    fetched.add(fact, for: request)
                }
            case .failure(let error): failures.append((request, error))
            case nil: break
            }
        }
        if !failures.isEmpty {
            rememberFetched()
            throw failure(failures)
        }
    }

    /// Tells of everything that is missing. Returns how the command ends because of that: it is a finding if what the program
    /// asks for does not exist.
    private func failure(_ failures: [(FactRequest, FetchError)]) -> any Error {
        for (request, error) in failures {
            let place = places[request].map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            writeToStandardError(
                printable("\(place)\(request.kind) \(request.name): \(error.message)") + "\n"
                    + (error.advice.isEmpty ? "" : "  \(printable(error.advice))\n"))
        }
        if failures.allSatisfy({ $0.1.kind == .missing }) { return ExitStatus.findings }
        let count = failures.count == 1 ? "a fact" : "\(failures.count) facts"
        return CommandFailure("'\(file.path.displayName)' is left as it is: \(count) could not be had")
    }

    private func reportMissing(_ missing: [FactRequest]) throws {
        for request in missing {
            let place = places[request].map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            writeToStandardError(printable("\(place)\(request.kind) \(request.name) is not in the file") + "\n")
        }
        writeToStandardError("\(file.path.displayName) is not up to date: run 'envd lock'\n")
        throw ExitStatus.findings
    }

    // MARK: - The user's cache

    /// What the cache knows for the platform, and its name.
    private func cache() throws(CommandFailure) -> (name: String, table: FactTable)? {
        guard let path = UserCache.facts else { return nil }
        var table = try LockFile(path).table
        table.removeImages(notFor: settings.platform.text)
        return (path.displayName, table)
    }

    /// Without asking, what the cache knows becomes part of the lock file. Returns whether there was anything.
    private mutating func takeFromCache(_ facts: [UsedFact]) -> Bool {
        guard mode == .offline, let cache = try? cache() else { return false }
        let taken = facts.filter { $0.origin == .file(cache.name) }
        for fact in taken { table.copy(fact.subject, from: cache.table) }
        return !taken.isEmpty
    }

    /// Keeps what was asked for, for programs without a lock file. A cache that cannot be written is none.
    private func rememberFetched() {
        // Plans are for the platform of this machine.
        guard settings.platform == .host, fetched != FactTable(), let path = UserCache.facts else { return }
        guard makeFolders(path.parent), var known = try? LockFile(path).table else { return }
        known.merge(fetched)
        try? writeWhole(Array(LockFile.text(of: known).utf8), to: path)
    }

    private func makeFolders(_ path: Path) -> Bool {
        if path.status()?.isDirectory == true { return true }
        guard path.bytes.count > 1, makeFolders(path.parent) else { return false }
        return path.withCString { mkdir($0, 0o755) } == 0 || path.status()?.isDirectory == true
    }
}

extension PlanRequest {
    fileprivate func with(_ facts: [FactSource]) -> PlanRequest {
        var request = self
        request.facts = facts
        return request
    }
}

extension FactRequest {
    fileprivate init?(_ subject: UsedFact.Subject) {
        switch subject {
        case .image(let name): self = .image(name)
        case .release(let name): self = .release(name)
        case .extension(let name): self = .extension(name)
        case .repository(let url): self = .repository(url, commit: nil)
        case .file: return nil
        }
    }

    /// Whether the answer changes nothing in the lock file.
    fileprivate var isContentOfKnownCommit: Bool {
        if case .repository(_, commit: .some) = self { true } else { false }
    }
}

extension FetchedFact {
    /// The one answer that is no fact to write down: a plan with that extension would fail.
    fileprivate func refusal(of request: FactRequest) -> FetchError? {
        self == .extension(false) ? .noExtension : nil
    }
}
