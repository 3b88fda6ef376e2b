import EnvdSyntax

extension Rule {
    /// `install.cuda` with an image or versions for which NVIDIA has no image.
    static let cudaTag = Rule(
        "cuda-tag", .api, .warning, page: PackageResources.cuda_tag_md,
        .program(of: "install.cuda") { context, reporter in
            for call in context.calls(
                ["install.cuda"], inEveryRun: { run, index in problem(run, index, context) != nil })
            {
                let problems = context.runs.flatMap { run in
                    run.steps.indices.filter { run.steps[$0].call.range == call.range }.compactMap {
                        problem(run, $0, context)
                    }
                }
                guard let problem = problems.first else { continue }
                reporter.report(
                    problem.parameter.flatMap { call.argument($0)?.value.range } ?? call.calleeRange, problem.message)
            }
        })
}

private let systems: Set<String> = ["ubuntu", "centos", "rockylinux", "oraclelinux", "amazonlinux", "opensuse"]

private func problem(_ run: ProgramRun, _ index: Int, _ context: ProgramContext) -> (
    parameter: String?, message: String
)? {
    let call = run.steps[index].call
    let version = context.constant("version", of: call)?.text ?? "VERSION"
    let cudnn = context.constant("cudnn", of: call)?.text
    if let cudnn, !cudnn.isEmpty, cudnn.contains(where: { !$0.isNumber }) {
        return (
            "cudnn", "cudnn is the number alone, such as \"8\": '\(cudnn)' makes the tag \(version)-cudnn\(cudnn)-…"
        )
    }
    if let image = context.image(run), !image.isEmpty, !image.contains("/"), !image.contains("@") {
        let parts = image.split(separator: ":")
        if let name = parts.first, !systems.contains(String(name)) || parts.count < 2 {
            let tag = image.replacing(":", with: "", maxReplacements: 1)
            return (
                nil,
                "NVIDIA has no image nvidia/cuda:\(version)-cudnn\(cudnn ?? "8")-…-\(tag); use base(image=\"ubuntu:22.04\")"
            )
        }
    }
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    if numbers.count >= 2, (numbers[0], numbers[1]) >= (12, 4) {
        return (
            "version",
            "NVIDIA's images of CUDA \(version) have no number behind 'cudnn', which install.cuda always writes; use one of "
                + "nvidia/cuda:\(version)-cudnn-… as the image of base"
        )
    }
    return nil
}
