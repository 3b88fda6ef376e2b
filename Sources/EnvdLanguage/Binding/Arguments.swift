import LLB
import Starlark

extension HostCall {
    /// Whether a function of the prelude made the call, rather than the program itself.
    var isFromPrelude: Bool {
        evaluation.callingFile.map(PreludeFile.isPreludeName) ?? true
    }
}

/// What functions of the build graph read from their arguments. Each error names the parameter; the engine puts the
/// function in front.
extension BoundArguments {
    /// What every operation takes: `name`, `constraints`, and `site` in the functions that the prelude calls with one.
    func options(_ call: HostCall, _ blame: Blame) throws(EvaluationError) -> OperationOptions {
        var options = OperationOptions()
        if let constraints = try optionalHost("constraints", as: ConstraintsValue.self, wanted: "Constraints") {
            options = constraints.options
        }
        let name = try string("name")
        if !name.isEmpty { options.description[OperationMetadata.customNameKey] = name }
        options.location = try location("site") ?? blame.cause(of: call)
        return options
    }

    func state(_ name: String) throws(EvaluationError) -> State {
        try host(name, as: StateValue.self, wanted: "State").state
    }

    func optionalHost<Wanted: HostValue>(
        _ name: String, as type: Wanted.Type, wanted: String
    ) throws(EvaluationError) -> Wanted? {
        optional(name) == nil ? nil : try host(name, as: type, wanted: wanted)
    }

    func optionalString(_ name: String) throws(EvaluationError) -> String? {
        optional(name) == nil ? nil : try string(name)
    }

    func optionalStrings(_ name: String) throws(EvaluationError) -> [String]? {
        optional(name) == nil ? nil : try strings(name)
    }

    func optionalBool(_ name: String) throws(EvaluationError) -> Bool? {
        optional(name) == nil ? nil : try bool(name)
    }

    func optionalInt(_ name: String, _ range: ClosedRange<Int>) throws(EvaluationError) -> Int? {
        optional(name) == nil ? nil : try int(name, range)
    }

    // MARK: - Values within bounds

    /// A text that is not empty.
    func filledString(_ name: String) throws(EvaluationError) -> String {
        let text = try string(name)
        guard !text.isEmpty else { throw wrong(name, "must not be empty") }
        return text
    }

    func int(_ name: String, _ range: ClosedRange<Int>, default fallback: Int = 0) throws(EvaluationError) -> Int {
        let number = try int(name, default: fallback)
        guard range.contains(number) else {
            throw wrong(name, "must be from \(range.lowerBound) to \(range.upperBound), not \(number)")
        }
        return number
    }

    /// The number of a user or a group.
    func accountID(_ name: String) throws(EvaluationError) -> UInt32 {
        UInt32(try int(name, 0...Int(UInt32.max)))
    }

    /// Permission bits.
    func permissions(_ name: String, default fallback: Int) throws(EvaluationError) -> Int {
        try int(name, 0...0o7777, default: fallback)
    }

    /// One of the names of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default fallback: Choice
    ) throws(EvaluationError) -> Choice where Choice.RawValue == String {
        try choice(name, Choice.allCases.map { ($0.rawValue, $0) }, default: fallback)
    }

    func choice<Choice>(
        _ name: String, _ choices: [(name: String, value: Choice)], default fallback: Choice
    ) throws(EvaluationError) -> Choice {
        guard let text = try optionalString(name) else { return fallback }
        guard let known = choices.first(where: { $0.name == text }) else {
            throw wrong(name, "must be one of \(choices.map(\.name).joined(separator: ", ")), not \"\(text)\"")
        }
        return known.value
    }

    /// A digest, or an empty text for none.
    func digest(_ name: String) throws(EvaluationError) -> String {
        let text = try string(name)
        guard text.isEmpty || Digest(text) != nil else {
            throw wrong(name, "must be a digest like sha256:<64 hexadecimal digits>, not \"\(text)\"")
        }
        return text
    }

    func platform(_ name: String) throws(EvaluationError) -> Platform? {
        guard let text = try optionalString(name) else { return nil }
        guard let platform = Platform(text) else {
            throw wrong(name, "must be a platform like linux/amd64 or linux/arm/v7, not \"\(text)\"")
        }
        return platform
    }

    /// `(user, group)` in numbers, `"user:group"` in names or numbers, or None.
    func owner(_ name: String = "owner") throws(EvaluationError) -> Operation.Owner? {
        let value = value(name)
        if value.isNone { return nil }
        if let text = value.asString {
            guard !text.isEmpty else { throw wrong(name, "must not be empty") }
            return Operation.Owner(text)
        }
        guard
            let pair = value.asSequence, pair.count == 2, let user = pair[0].asInt.flatMap({ UInt32(exactly: $0) }),
            let group = pair[1].asInt.flatMap({ UInt32(exactly: $0) })
        else { throw mismatch(name, value, "pair of user and group numbers, or string") }
        return Operation.Owner(user: .id(user), group: .id(group))
    }

    /// Seconds since 1970 in nanoseconds, -1 for None.
    func timestamp(_ name: String = "created") throws(EvaluationError) -> Int {
        guard let seconds = try optionalInt(name, 0...Int.max / 1_000_000_000) else { return -1 }
        return seconds * 1_000_000_000
    }

    func wrong(_ name: String, _ problem: String) -> EvaluationError {
        EvaluationError("for parameter \(name): \(problem)")
    }
}

/// Platform, filters and metadata of an operation, for several operations to share.
final class ConstraintsValue: HostValue {
    let options: OperationOptions

    init(_ options: OperationOptions) {
        self.options = options
    }

    var typeName: String { "Constraints" }

    static let function = GraphFunction(
        "constraints", "*", "platform??", "worker_filters?", "ignore_cache?", "export_cache??", "description?",
        "progress_group??"
    ) { binding, call, arguments in
        var options = OperationOptions()
        options.platform = try arguments.platform("platform")
        options.workerFilters = try arguments.strings("worker_filters")
        options.ignoresCache = try arguments.bool("ignore_cache")
        options.exportsCache = try arguments.optionalBool("export_cache")
        var size = 256
        for filter in options.workerFilters { size += 16 + filter.utf8.count }
        for (key, value) in try arguments.stringDict("description") {
            options.description[key] = value
            size += 64 + key.utf8.count + value.utf8.count
        }
        if arguments.optional("progress_group") != nil {
            let group = try arguments.sequence("progress_group")
            guard
                (2...3).contains(group.count), let id = group[0].asString, !id.isEmpty, let name = group[1].asString,
                let isWeak = group.count == 2 ? false : group[2].asBool
            else {
                throw arguments.wrong("progress_group", "must be an id and a name, and True if it is a weak one")
            }
            options.progressGroup = .init(id: id, name: name, isWeak: isWeak)
            size += id.utf8.count + name.utf8.count
        }
        try binding.charge(size)
        return call.heap.host(ConstraintsValue(options))
    }
}
