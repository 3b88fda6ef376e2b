extension StandardModules {
    /// The module `time`, as in starlark-go except where that depends on the machine: times are in UTC unless said
    /// otherwise, the time zone database is never read, and the clock only if the application has given one.
    ///
    /// - Parameter now: the current time for `time.now()`, which is an error without.
    package static func time(in heap: Heap, now: (() -> UnixTime)? = nil) -> Value {
        let functions = TimeModule.functions + [TimeModule.now(now)]
        let constants = TimeModule.constants.map {
            (name: $0.name, value: heap.host(DurationValue(nanoseconds: $0.nanoseconds)))
        }
        return heap.module("time", functions.map { ($0.name, heap.function($0)) } + constants)
    }
}

private enum TimeModule {
    static let constants = [
        (name: "nanosecond", nanoseconds: 1), (name: "microsecond", nanoseconds: DurationUnit.microsecond),
        (name: "millisecond", nanoseconds: DurationUnit.millisecond),
        (name: "second", nanoseconds: DurationUnit.second), (name: "minute", nanoseconds: DurationUnit.minute),
        (name: "hour", nanoseconds: DurationUnit.hour),
    ]

    static let functions = [
        HostFunction("from_timestamp") { call in
            let arguments = try call.positional(atLeast: 1, atMost: 2)
            let seconds = try call.int(0, of: arguments)
            let nanoseconds = arguments.count > 1 ? try call.int(1, of: arguments) : 0
            return call.heap.host(TimeValue(try UnixTime(seconds: seconds, nanoseconds: nanoseconds)))
        },
        HostFunction("is_valid_timezone") { call in
            let location = try call.string(0, of: try call.positional(atLeast: 1, atMost: 1))
            return .bool(ZoneOffset.fixed(location.text) != nil)
        },
        HostFunction("parse_duration") { call in
            let value = try call.only()
            if value.asHost(DurationValue.self) != nil { return value }
            guard case .string(let content) = value.storage else {
                throw call.mismatch(0, value, "duration or string")
            }
            try call.meter.step(content.count)
            return call.heap.host(DurationValue(nanoseconds: try DurationText.nanoseconds(content.bytes)))
        },
        HostFunction("parse_time", "x", "format?", "location?") { call in
            let arguments = try call.bind()
            let text = try arguments.byteString("x").bytes
            let isStandard = arguments.optional("format") == nil
            let layout = isStandard ? .rfc3339 : TimeLayout(try arguments.byteString("format").bytes)
            try call.meter.step(text.count + layout.bytes.count)
            let zone = try ZoneOffset(location: try arguments.string("location", default: "UTC"))
            return call.heap.host(try TimeParser.parse(text, layout, in: zone))
        },
        HostFunction(
            "time", "*", "year?", "month?", "day?", "hour?", "minute?", "second?", "nanosecond?", "location?",
            body: time),
    ]

    static func now(_ clock: (() -> UnixTime)?) -> HostFunction {
        HostFunction("now") { call in
            _ = try call.positional(atMost: 0)
            guard let clock else {
                throw EvaluationError("there is no clock: a program does the same every time it runs")
            }
            return call.heap.host(TimeValue(clock()))
        }
    }

    /// What is left out is 0, the month and the day too, as in starlark-go.
    private static func time(_ call: HostCall) throws(EvaluationError) -> Value {
        let arguments = try call.bind()
        let zone = try ZoneOffset(location: try arguments.string("location"))
        let local = try UnixTime(
            year: try arguments.int("year"), month: try arguments.int("month"), day: try arguments.int("day"),
            hour: try arguments.int("hour"), minute: try arguments.int("minute"),
            second: try arguments.int("second"), nanosecond: try arguments.int("nanosecond"))
        return call.heap.host(TimeValue(try local.adding(seconds: -zone.seconds), in: zone))
    }
}
