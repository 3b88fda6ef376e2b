/// A request of this server's own: the plan of a document's program, as it is in the editor.
package enum PlanRequestType: RequestType {
    package static let method = "envd/plan"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        /// The function to plan; `build` if it is left out.
        package var function: String?
        /// `text`, `json`, `html`, `svg`, `dot` or `mermaid`; `text` if it is left out.
        package var format: String?
    }

    package struct Result: Sendable {
        package var version: Int32
        /// The plan in the format that was asked for.
        package var content: String
        /// One line: how many steps there are.
        package var summary: String
        package var steps: [PlanStepItem]
        /// What is wrong with the program and left out of the plan, a line each.
        package var problems: [String]

        package init(version: Int32, content: String, summary: String, steps: [PlanStepItem], problems: [String]) {
            self.version = version
            self.content = content
            self.summary = summary
            self.steps = steps
            self.problems = problems
        }
    }
}

package struct PlanStepItem: Sendable {
    /// Counted from 1.
    package var number: Int
    package var kind: String
    package var title: String
    /// The calls in the document that led to the step, outer before inner.
    package var calls: [TextRange]

    package init(number: Int, kind: String, title: String, calls: [TextRange]) {
        self.number = number
        self.kind = kind
        self.title = title
        self.calls = calls
    }
}

/// A request of this server's own: which steps would be rebuilt, and why, if another state of the project had been built before.
package enum PlanDifferenceRequest: RequestType {
    package static let method = "envd/planDiff"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        /// A revision of git, a directory, or a plan saved by `envd plan`; `HEAD` if it is left out.
        package var against: String?
        package var function: String?
        /// `text` or `json`; `text` if it is left out.
        package var format: String?
    }

    package struct Result: Sendable {
        package var version: Int32
        package var content: String
        /// One line.
        package var summary: String
        /// Whether nothing would be rebuilt.
        package var isEmpty: Bool

        package init(version: Int32, content: String, summary: String, isEmpty: Bool) {
            self.version = version
            self.content = content
            self.summary = summary
            self.isEmpty = isEmpty
        }
    }
}

/// A notification of this server's own: the program of a document has been run, and has another plan than before. Sent to clients that say
/// `planChanged` in their experimental capabilities.
package enum PlanChanged: ServerNotificationType {
    package static let method = "envd/planChanged"

    package struct Params: Sendable {
        package var uri: DocumentURI
        package var version: Int32
        /// How many steps there are now.
        package var stepCount: Int

        package init(uri: DocumentURI, version: Int32, stepCount: Int) {
            self.uri = uri
            self.version = version
            self.stepCount = stepCount
        }
    }
}

extension PlanRequestType.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("version", version)
            json.member("content", content)
            json.member("summary", summary)
            json.member("steps", steps)
            json.member("problems", problems)
        }
    }
}

extension PlanStepItem: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("number", number)
            json.member("kind", kind)
            json.member("title", title)
            json.member("calls", calls)
        }
    }
}

extension PlanDifferenceRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("version", version)
            json.member("content", content)
            json.member("summary", summary)
            json.member("isEmpty", isEmpty)
        }
    }
}

extension PlanChanged.Params: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("version", version)
            json.member("stepCount", stepCount)
        }
    }
}
