import EnvdSyntax

extension Rule {
    /// `install.cuda` with an image whose name cannot become part of a tag.
    static let cudaImage = Rule(
        "cuda-image", .api, .error, page: PackageResources.cuda_image_md,
        .program(of: "install.cuda") { context, reporter in
            let isPart: (String) -> Bool = { !$0.contains("/") && !$0.contains("@") }
            for call in context.calls(
                ["install.cuda"], inEveryRun: { run, _ in context.image(run).map(isPart) == false })
            {
                let image = context.runs.lazy.compactMap { context.image($0) }.first { !isPart($0) } ?? ""
                reporter.report(
                    call.calleeRange,
                    "install.cuda cannot build on '\(image)': it makes the image's name a part of a tag of nvidia/cuda; use base(image=\"ubuntu:22.04\")"
                )
            }
        })
}
