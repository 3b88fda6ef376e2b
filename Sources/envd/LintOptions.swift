import EnvdAnalysis

/// What the arguments of `envd lint` ask for, once they are known to go together.
struct LintOptions {
    let arguments: LintCommand
    /// Nil if the settings decide.
    let select: [RuleSelector]?
    let ignore: [RuleSelector]
    /// Nil if nothing is to be mended.
    let fixes: FixKind?

    init(_ arguments: LintCommand) throws(CommandFailure) {
        self.arguments = arguments
        select = arguments.select.isEmpty ? nil : try Self.selectors(arguments.select, "--select")
        ignore = try Self.selectors(arguments.ignore, "--ignore")
        fixes = arguments.unsafeFixes ? .all : arguments.fix || arguments.diff ? .safe : nil

        func conflict(_ first: String, _ second: String) -> CommandFailure {
            CommandFailure("\(first) does not go with \(second) (see 'envd --help')")
        }
        let readsStandardInput = arguments.paths.contains("-")
        if arguments.watch {
            if readsStandardInput { throw conflict("--watch", "standard input") }
            if arguments.diff { throw conflict("--watch", "--diff") }
            if arguments.writeBaseline != nil { throw conflict("--watch", "--write-baseline") }
            if arguments.format != .text { throw conflict("--watch", "--format \(arguments.format.rawValue)") }
        }
        if arguments.diff, arguments.format != .text {
            throw conflict("--diff", "--format \(arguments.format.rawValue)")
        }
        if arguments.writeBaseline != nil {
            if fixes != nil { throw conflict("--write-baseline", "fixes") }
            if arguments.baseline != nil { throw conflict("--write-baseline", "--baseline") }
        }
        if fixes != nil, !arguments.diff, readsStandardInput, arguments.format != .text {
            throw conflict("the fixed text of standard input", "--format \(arguments.format.rawValue)")
        }
    }

    /// The rules that the settings and the arguments select together.
    func selection(_ settings: RuleSelection) -> RuleSelection {
        var selection = settings
        if let select { selection = RuleSelection(select: select) }
        selection.ignore += ignore
        return selection
    }

    private static func selectors(_ lists: [String], _ option: String) throws(CommandFailure) -> [RuleSelector] {
        var selectors: [RuleSelector] = []
        for list in lists {
            for name in list.split(separator: ",", omittingEmptySubsequences: false) {
                let name = String(name.trimmingBlanks)
                do throws(RuleSelector.UnknownName) {
                    selectors.append(try RuleSelector(name))
                } catch {
                    throw CommandFailure("\(option): \(Path(bytes: error.description.utf8).displayName)")
                }
            }
        }
        return selectors
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
