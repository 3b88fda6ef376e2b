/// Makes plans of documents for people to look at, as `envd plan` does. The command line answers, since it knows the user's files.
/// May be asked on any thread, and takes as long as a program runs.
package struct PlanService: Sendable {
    package struct Question: Sendable {
        /// The document, as an absolute path.
        package var path: String
        /// What documents hold that are open, by their absolute paths, in UTF-8 bytes.
        package var documents: [String: [UInt8]]
        /// The function to plan; nil is `build`.
        package var function: String?
        /// One of the formats of `envd plan`.
        package var format: String

        package init(path: String, documents: [String: [UInt8]], function: String?, format: String) {
            self.path = path
            self.documents = documents
            self.function = function
            self.format = format
        }
    }

    package struct Answer: Sendable {
        /// The plan in the format that was asked for.
        package var content: String
        /// One line: how many steps there are.
        package var summary: String
        package var steps: [PlannedStep]
        /// What is wrong with the program and left out of the plan, a line each.
        package var problems: [String]

        package init(content: String, summary: String, steps: [PlannedStep], problems: [String]) {
            self.content = content
            self.summary = summary
            self.steps = steps
            self.problems = problems
        }
    }

    /// What would be rebuilt.
    package struct Difference: Sendable {
        package var content: String
        /// One line.
        package var summary: String
        /// Whether nothing would be.
        package var isEmpty: Bool
        package var stepCount: Int
        /// The steps that would be rebuilt, or may be.
        package var rebuiltCount: Int

        package init(content: String, summary: String, isEmpty: Bool, stepCount: Int, rebuiltCount: Int) {
            self.content = content
            self.summary = summary
            self.isEmpty = isEmpty
            self.stepCount = stepCount
            self.rebuiltCount = rebuiltCount
        }
    }

    /// Why there is no plan, for people.
    package struct Refusal: Error, Sendable {
        package var message: String

        package init(_ message: String) { self.message = message }
    }

    package var plan: @Sendable (Question) -> Result<Answer, Refusal>
    /// - The second argument is what to compare with: a revision, a directory or a saved plan.
    package var difference: @Sendable (Question, String) -> Result<Difference, Refusal>

    package init(
        plan: @escaping @Sendable (Question) -> Result<Answer, Refusal>,
        difference: @escaping @Sendable (Question, String) -> Result<Difference, Refusal>
    ) {
        self.plan = plan
        self.difference = difference
    }

    /// Where there is nobody to make plans.
    package static let none = PlanService(
        plan: { _ in .failure(Refusal("no plans are made here")) },
        difference: { _, _ in .failure(Refusal("no plans are made here")) })
}
