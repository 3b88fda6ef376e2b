/// A `time.time`: a moment, seen from a time zone. Times of the same moment are equal whatever their zones.
final class TimeValue: HostValue {
    let moment: UnixTime
    let zone: ZoneOffset
    var typeName: String { "time.time" }

    init(_ moment: UnixTime, in zone: ZoneOffset = .utc) {
        self.moment = moment
        self.zone = zone
    }

    var fields: TimeFields { TimeFields(moment, in: zone) }

    var printed: String { TimeFormatter.format(self, .printed).text }

    /// Only the first moment of the year 1 in UTC is false, as in starlark-go.
    var isTrue: Bool { moment.seconds != -62_135_596_800 || moment.nanoseconds != 0 }

    func isEqual(to other: any HostValue) -> Bool {
        (other as? TimeValue)?.moment == moment
    }

    func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(moment)
        return true
    }

    func adding(_ nanoseconds: Int) throws(EvaluationError) -> TimeValue {
        TimeValue(try moment.adding(nanoseconds: nanoseconds), in: zone)
    }

    // MARK: - Attributes and methods

    var attributeNames: [String] { TimeValue.names }

    private static let names = [
        "day", "format", "hour", "in_location", "minute", "month", "nanosecond", "second", "unix", "unix_nano", "year",
    ]

    func attribute(named name: String, in heap: Heap) -> Value? {
        switch name {
        case "year": heap.int(fields.date.year)
        case "month": heap.int(fields.date.month)
        case "day": heap.int(fields.date.day)
        case "hour": heap.int(fields.hour)
        case "minute": heap.int(fields.minute)
        case "second": heap.int(fields.second)
        case "nanosecond": heap.int(moment.nanoseconds)
        case "unix": heap.int(moment.seconds)
        case "unix_nano": heap.integer(moment.totalNanoseconds)
        default: nil
        }
    }

    func method(named name: String) -> HostFunction? {
        switch name {
        case "format": TimeValue.format
        case "in_location": TimeValue.inLocation
        default: nil
        }
    }

    private static let format = HostFunction("format") { call in
        let time = try receiver(call)
        let layout = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
        // Finding the elements takes some comparisons a byte.
        try call.meter.step(layout.count)
        return try call.result(TimeFormatter.format(time, TimeLayout(Array(layout.bytes))))
    }

    private static let inLocation = HostFunction("in_location") { call in
        let time = try receiver(call)
        let location = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
        return call.heap.host(TimeValue(time.moment, in: try ZoneOffset(location: location.text)))
    }

    private static func receiver(_ call: HostCall) throws(EvaluationError) -> TimeValue {
        guard let time = call.receiver?.asHost(TimeValue.self) else {
            throw EvaluationError("is a method of time.time")
        }
        return time
    }

    // MARK: - Operators

    /// `time + duration`, `time - duration` and `time - time`. Unlike in starlark-go, `duration - time` has no meaning.
    func binary(
        _ operation: BinaryOperator, _ other: Value, isRight: Bool, in heap: Heap
    ) throws(EvaluationError) -> Value? {
        if let duration = other.asHost(DurationValue.self) {
            switch operation {
            case .add: return heap.host(try adding(duration.nanoseconds))
            case .subtract where !isRight:
                // In two steps, since the smallest duration has no negative.
                let half = duration.nanoseconds / 2
                return heap.host(try adding(-half).adding(half - duration.nanoseconds))
            default: return nil
            }
        }
        guard !isRight, let time = other.asHost(TimeValue.self) else { return nil }
        switch operation {
        case .subtract: return heap.host(try DurationValue.duration(moment.nanoseconds(since: time.moment)))
        case .less: return .bool(moment < time.moment)
        case .lessOrEqual: return .bool(moment <= time.moment)
        case .greater: return .bool(moment > time.moment)
        case .greaterOrEqual: return .bool(moment >= time.moment)
        default: return nil
        }
    }
}
