/// What a user calls rules by: the code of one, the name of a group, or `all`.
package enum RuleSelector: Sendable, Hashable {
    case all
    case group(Rule.Group)
    case rule(String)

    /// A word that names no rules.
    package struct UnknownName: Error, CustomStringConvertible {
        package let name: String
        package let nearest: String?

        package var description: String {
            "no rule or group is called '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        }
    }

    package init(_ name: String, rules: [Rule] = allRules) throws(UnknownName) {
        if name == "all" {
            self = .all
        } else if let group = Rule.Group(rawValue: name) {
            self = .group(group)
        } else if rules.contains(where: { $0.code == name }) {
            self = .rule(name)
        } else {
            let names = rules.map(\.code) + Rule.Group.allCases.map(\.rawValue) + ["all"]
            throw UnknownName(name: name, nearest: nearestName(to: name, among: names))
        }
    }

    package func includes(_ rule: Rule) -> Bool {
        switch self {
        case .all: true
        case .group(let group): rule.group == group
        case .rule(let code): rule.code == code
        }
    }

    /// The narrower, the higher.
    package var precision: Int {
        switch self {
        case .all: 1
        case .group: 2
        case .rule: 3
        }
    }
}

/// Which rules are asked.
package struct RuleSelection: Sendable, Hashable {
    /// Nil for all that are not opt-in.
    package var select: [RuleSelector]?
    package var extendSelect: [RuleSelector]
    package var ignore: [RuleSelector]

    package init(select: [RuleSelector]? = nil, extendSelect: [RuleSelector] = [], ignore: [RuleSelector] = []) {
        self.select = select
        self.extendSelect = extendSelect
        self.ignore = ignore
    }

    /// Of two selectors that disagree about a rule the narrower one decides, and of two alike the one that ignores.
    package func rules(among rules: [Rule] = allRules) -> [Rule] {
        rules.filter { rule in
            func precision(_ selectors: [RuleSelector]) -> Int? {
                selectors.filter { $0.includes(rule) }.map(\.precision).max()
            }
            var selected = precision((select ?? []) + extendSelect)
            if select == nil, !rule.isOptIn { selected = max(selected ?? 0, 0) }
            guard let selected else { return false }
            return selected > precision(ignore) ?? -1
        }
    }
}
