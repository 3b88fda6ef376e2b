import EnvdLanguage
import EnvdSyntax

/// Where a name is defined that a file takes from another one.
package struct ModuleDefinition: Hashable, Sendable {
    package let file: ModuleID
    /// The name, in UTF-8 bytes of that file.
    package let range: Range<Int>

    package init(file: ModuleID, range: Range<Int>) {
        self.file = file
        self.range = range
    }
}

/// What an editor asks of the files that a file loads.
extension ModuleGraph {
    /// Where a name is defined that `load(path, name)` takes; nil if there is no such name, or nobody knows.
    package func definition(of name: String, loadedFrom path: String, at place: ModulePlace) -> ModuleDefinition? {
        if case .repository(let url) = LoadPath(path) { return definition(of: name, inRepository: url) }
        return target(ofLoad: path, at: place).flatMap { definition(of: name, in: $0) }
    }

    /// Where the attribute of a module is defined that `include(url)` gives.
    package func definition(of name: String, inRepository url: String) -> ModuleDefinition? {
        library(at: url)?.lazy.compactMap { self.definition(of: name, in: $0) }.first
    }

    private func definition(of name: String, in id: ModuleID) -> ModuleDefinition? {
        guard let module = module(id), module.interface.exports[name] != nil else { return nil }
        return module.definitions[name].map { ModuleDefinition(file: id, range: $0) }
    }

    /// What `load(path, …)` can take, by name.
    package func exports(ofLoad path: String, at place: ModulePlace) -> [ModuleExport] {
        let interfaces: [ModuleInterface]
        if case .repository(let url) = LoadPath(path) {
            interfaces = library(at: url)?.compactMap { module($0)?.interface } ?? []
        } else {
            interfaces = target(ofLoad: path, at: place).flatMap { module($0) }.map { [$0.interface] } ?? []
        }
        return interfaces.flatMap(\.exports.values).sorted { $0.name < $1.name }
    }

    /// The paths that a file may write in `load`, other than its own.
    package func loadablePaths(at place: ModulePlace) -> [String] {
        loadablePaths.filter { $0 != place.id?.name && (place.isTest || !$0.hasSuffix("_test.envd")) }
    }

    /// The files of the project that load or include a file: where its names are used too.
    package func loaders(of id: ModuleID) -> [ModuleID] {
        // The file itself need not be looked for: one that loads itself gives nobody anything.
        loadablePaths.filter { $0 != id.name }.compactMap { path in
            guard let loader = target(ofLoad: path, at: ModulePlace(nil)), let outline = outline(of: loader) else {
                return nil
            }
            let place = ModulePlace(loader, isTest: path.hasSuffix("_test.envd"))
            return targets(of: outline, at: place).contains(id) ? loader : nil
        }
    }
}
