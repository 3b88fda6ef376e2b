import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum PrepareRenameHandler: RequestHandler {
    typealias Request = PrepareRenameRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        do throws(RenameRefusal) {
            guard let (range, name) = try analysis.renameTarget(at: offset) else { return nil }
            return RenamedRange(
                range: Positions(document.file, context.encoding).range(of: range), placeholder: name)
        } catch {
            throw ResponseError(.requestFailed, error.message)
        }
    }
}

enum RenameHandler: RequestHandler {
    typealias Request = RenameRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        do throws(RenameRefusal) {
            let edit = try analysis.rename(
                at: offset, to: params.newName, isCancelled: { context.cancellation.isCancelled })
            return context.workspaceEdit(edit, document, analysis)
        } catch {
            throw ResponseError(.requestFailed, error.message)
        }
    }
}

enum LinkedEditingRangeHandler: RequestHandler {
    typealias Request = LinkedEditingRangeRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        let ranges = analysis.linkedEditingRanges(at: offset)
        guard !ranges.isEmpty else { return nil }
        let positions = Positions(document.file, context.encoding)
        return LinkedEditingRanges(
            ranges: ranges.map { positions.range(of: $0) }, wordPattern: "[A-Za-z_][A-Za-z0-9_]*")
    }
}

enum WillRenameFilesHandler: RequestHandler {
    typealias Request = WillRenameFilesRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        context.workspace.synchronize(with: context.snapshot.documents)
        // Files of one project are looked at together.
        var groups: [(project: Project, renames: [FileRename])] = []
        for file in params.files {
            guard let old = file.oldUri.path, let new = file.newUri.path else { continue }
            let surroundings = context.workspace.surroundings(ofFileAt: old)
            guard let project = surroundings.project else { continue }
            // Links in the path of the folder lead elsewhere than the project says.
            let rename = FileRename(
                old: surroundings.place.id?.path ?? old,
                new: context.workspace.surroundings(ofFileAt: new).place.id?.path ?? new)
            if let index = groups.firstIndex(where: { $0.project === project }) {
                groups[index].renames.append(rename)
            } else {
                groups.append((project, [rename]))
            }
        }
        var whole = ProjectEdit()
        var sources: [TargetFile: SourceFile] = [:]
        for (project, renames) in groups {
            let edit = project.edit(forRenaming: renames, isCancelled: { context.cancellation.isCancelled })
            whole.files += edit.files
            for part in edit.files {
                guard case .module(let id) = part.file else { continue }
                sources[part.file] = project.graph.source(of: id)
            }
        }
        if whole.isEmpty { return nil }
        return context.workspaceEdit(whole) { target in
            guard case .module(let id) = target, let source = sources[target] else { return nil }
            let uri =
                context.workspace.uri(ofPath: id.path, in: context.snapshot.documents) ?? DocumentURI(path: id.path)
            return (uri, Positions(source, context.encoding))
        }
    }
}
