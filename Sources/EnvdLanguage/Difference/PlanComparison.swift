import LLB

extension GitTree {
    /// What a revision holds of a project.
    ///
    /// - Returns: the revision's commit by its full name, and the files.
    /// - Throws: if the project is in no work tree, there is no such revision, or the project is not in it.
    package static func files(
        of project: ProjectDirectory, in revision: String
    ) throws(ProjectDirectory.ReadError) -> (commit: String, tree: GitTree) {
        let repository = try GitRepository(containing: project.path)
        guard let commit = try repository.commit(revision) else {
            throw .init(description: "there is no such revision")
        }
        guard let tree = try GitTree(repository, commit: commit, checkedOutAt: project.path) else {
            throw .init(description: "the directory is not in that revision")
        }
        return (commit, tree)
    }
}

extension PlanDifference {
    /// Compares a plan of the files on disk with one that is yet to be made.
    ///
    /// - Parameters:
    ///   - plan: of `request`, whose project is on disk.
    ///   - former: the same request for another program or another state of the project.
    ///   - files: of the project of `former`.
    ///   - name: of that, in messages.
    /// - Throws: if there is no other plan, or a file that one of them uses cannot be read.
    package init(
        _ plan: Plan, _ request: PlanRequest, since former: PlanRequest, _ files: any FileTree, named name: String
    ) throws(ProjectDirectory.ReadError) {
        let old: Plan
        do throws(PlanError) {
            old = try Planner(former).plan()
        } catch {
            let place = error.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            throw .init(description: "there is no plan to compare with in '\(name)': \(place)\(error.message)")
        }
        let before = try PlanSnapshot(old, facts: former.facts, files: files)
        self.init(
            from: before,
            to: try PlanSnapshot(
                plan, facts: request.facts, files: DiskTree(request.project.path, comparedWith: files), after: before))
    }

    /// Compares a plan of the files on disk with one that was saved.
    package init(
        _ plan: Plan, _ request: PlanRequest, since saved: PlanSnapshot
    ) throws(ProjectDirectory.ReadError) {
        self.init(
            from: saved,
            to: try PlanSnapshot(plan, facts: request.facts, files: DiskTree(request.project.path), after: saved))
    }
}
