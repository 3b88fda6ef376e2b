import EnvdAnalysis
import EnvdSyntax

/// What stands above a function: how many steps it adds to the plan, and what can be done with it.
package struct CodeLens: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// The plan of the function, with the number of its steps if the program has been run.
        case plan(stepCount: Int?)
        /// What would be rebuilt since the last commit.
        case difference
        /// Start the environment, or build the image, by the real envd.
        case up, build
    }

    package let function: String
    /// The function's name, in UTF-8 bytes.
    package let range: Range<Int>
    package let action: Action
}

extension FileAnalysis {
    /// The lenses of a program: above `build`, and above every other function that adds steps to the plan.
    package var codeLenses: [CodeLens] {
        guard !place.isTest, surroundings.dryRun != nil else { return [] }
        let definitions = file.statements.compactMap(DefStmt.init)
        guard definitions.contains(where: { $0.name?.text == "build" }) else { return [] }
        return definitions.flatMap { definition -> [CodeLens] in
            guard let name = definition.name else { return [] }
            func lens(_ action: CodeLens.Action) -> CodeLens {
                CodeLens(function: name.text, range: name.range, action: action)
            }
            if name.text == "build" {
                let count = run.flatMap { $0.steps.isEmpty ? nil : $0.steps.count }
                return [lens(.plan(stepCount: count)), lens(.difference), lens(.up), lens(.build)]
            }
            guard let steps = steps(addedIn: definition.range), !steps.isEmpty else { return [] }
            return [lens(.plan(stepCount: steps.count))]
        }
    }
}
