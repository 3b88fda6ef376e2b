import EnvdLanguage
import EnvdSyntax

/// What editors ask of the types that are there before a program runs.
extension TypeEnvironment {
    /// The type of a name of the language or the API; unknown if there is none.
    package func type(ofName name: String) -> Type { names[name] ?? .unknown }

    /// A method as its declaration has it, with the receiver as its first parameter.
    ///
    /// - Parameter table: `string`, `list`, `dict`, `set` or `bytes`.
    package func method(_ name: String, table: String) -> FunctionType? { methods[table]?[name] }

    /// What `load("@envd/…")` gives, by name; empty if there is no such file.
    package func exports(ofLibrary path: String) -> [String: Type] { library(path) ?? [:] }

    /// The type that is written by a name in annotations; unknown if there is none.
    package func type(written name: String) -> Type { expressions.type(of: name) }

    /// What a value that only the host can make holds.
    package func members(ofHostType name: String) -> [String: Type] {
        if case .instance(let record)? = HostTypes.type(named: name) { record.members } else { [:] }
    }

    /// What the build graph's module `llb` or a module of the API holds.
    package func members(ofModule name: String) -> [String: Type] {
        if case .module(let record)? = names[name] { return record.members }
        if case .module(let record)? = library(PreludeFile.graphName)?[name] { return record.members }
        return [:]
    }
}

extension CheckedFile {
    /// The `load` statements of the file, in source order; chunks without one are not looked at.
    package var loadStatements: [LoadStmt] {
        records.filter(\.summary.hasLoad).flatMap { record in
            record.chunk.statements(at: start(of: record)).compactMap(LoadStmt.init)
        }
    }

    /// What rules have found in the chunk that holds an offset, at that offset; the smallest first. Comments are not heeded.
    package func findings(touching offset: Int) -> [Finding] {
        guard let record = record(at: max(0, min(offset, file.utf8Count))) else { return [] }
        checkPendingRules(of: record)
        let start = start(of: record)
        return record.findings.map { $0.finding(at: start, in: self) }
            .filter { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
            .sorted { $0.range.count < $1.range.count }
    }
}

extension RefinedType {
    /// Whether a name is that of a refined type, such as `Port`.
    package static func isName(_ name: String) -> Bool {
        TypeExpression.refinedStrings.contains(name) || TypeExpression.refinedIntegers.contains(name)
    }
}
