/// By what a client knows to which request something belongs that comes before the answer.
package typealias ProgressToken = RequestID

/// Something about a request that is still being answered.
package enum Progress {
    package static let method = "$/progress"

    package struct Params<Value: JSONWritable>: Sendable {
        package var token: ProgressToken
        package var value: Value

        package init(token: ProgressToken, value: Value) {
            self.token = token
            self.value = value
        }
    }
}

/// How far the work on a request has come.
package struct WorkDoneProgress: Sendable {
    private var kind: String
    private var title: String?
    private var cancellable: Bool?
    private var message: String?
    /// 0 to 100.
    private var percentage: Int?

    package static func begin(_ title: String) -> WorkDoneProgress {
        WorkDoneProgress(kind: "begin", title: title, cancellable: true, percentage: 0)
    }

    package static func report(_ message: String, percentage: Int) -> WorkDoneProgress {
        WorkDoneProgress(kind: "report", message: message, percentage: percentage)
    }

    package static let end = WorkDoneProgress(kind: "end")
}

/// What the parameters of a request say about progress.
package struct ProgressParams: Sendable {
    package let workDoneToken: ProgressToken?
    /// Where parts of the result may go before the answer.
    package let partialResultToken: ProgressToken?

    package init(_ params: JSONView?) {
        workDoneToken = params?["workDoneToken"].flatMap(RequestID.init)
        partialResultToken = params?["partialResultToken"].flatMap(RequestID.init)
    }
}

extension Progress.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("token", token)
            json.member("value", value)
        }
    }
}

extension WorkDoneProgress: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("kind", kind)
            json.member("title", ifPresent: title)
            json.member("cancellable", ifPresent: cancellable)
            json.member("message", ifPresent: message)
            json.member("percentage", ifPresent: percentage)
        }
    }
}
