import LLB

/// A table of facts and where it stands.
package struct FactSource: Sendable {
    package let origin: UsedFact.Origin
    /// Where the content of the commits that the table names is kept.
    let repositories: RepositoryCache?
    private let ownTable: FactTable?

    /// - Parameters:
    ///   - file: where the table stands; the folders that it names are relative to that.
    ///   - repositories: where the content of the commits that it names is kept.
    package init(file: String, _ table: FactTable, repositories: RepositoryCache? = nil) {
        origin = .file(file)
        self.repositories = repositories
        var table = table
        let slash = file.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = slash.map { String(file[...$0]) } ?? ""
        table.git = table.git.mapValues { ImagePath.isAbsolute($0) ? $0 : directory + $0 }
        ownTable = table
    }

    private init() {
        origin = .assumed("from the table of common images within envd")
        repositories = nil
        ownTable = nil
    }

    /// The embedded table; last in every list. Read only if a fact is looked up in it.
    package static let commonImages = FactSource()

    var table: FactTable { ownTable ?? .commonImages }
}
