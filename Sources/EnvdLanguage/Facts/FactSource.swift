import LLB

/// A table of facts and where it stands.
package struct FactSource: Sendable {
    package let origin: UsedFact.Origin
    /// Where the content of the commits that the table names is kept.
    let repositories: RepositoryCache?
    /// Of the embedded table, what is not known of images: nothing.
    let table: FactTable
    private let isEmbedded: Bool

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
        self.table = table
        isEmbedded = false
    }

    private init() {
        origin = .assumed("from the table of common images within envd")
        repositories = nil
        table = FactTable()
        isEmbedded = true
    }

    /// The embedded table; last in every list. Read only if a fact is looked up in it.
    package static let commonImages = FactSource()

    /// - Parameter name: a reference with its host and a tag or a digest.
    func image(_ name: String) -> ImageFact? {
        if isEmbedded { return CommonImages.fact(for: name) }
        return FactTable.key(for: name, in: table.images).flatMap { table.images[$0] }
    }
}
