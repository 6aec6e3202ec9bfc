namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>A shell script as far as a policy must see it: which programs are joined by pipes, and with which words.</summary>
internal sealed record ShellScript(IReadOnlyList<ShellPipeline> Pipelines)
{
    /// <summary>All commands, those in groups and substitutions too.</summary>
    public IEnumerable<ShellCommand> AllCommands() => Pipelines.SelectMany(pipeline => pipeline.Commands).SelectMany(command => command.WithInner());

    /// <summary>All pipelines, those in groups and substitutions too.</summary>
    public IEnumerable<ShellPipeline> AllPipelines() =>
        Pipelines.Concat(Pipelines.SelectMany(pipeline => pipeline.Commands)
            .SelectMany(command => command.InnerScripts()).SelectMany(script => script.AllPipelines()));
}

/// <summary>Commands that hand their output on.</summary>
internal sealed record ShellPipeline(IReadOnlyList<ShellCommand> Commands);

/// <summary>A program with its words, or a group of commands.</summary>
internal sealed record ShellCommand(IReadOnlyList<ShellWord> Words, ShellScript? Group)
{
    public IEnumerable<ShellScript> InnerScripts() =>
        Words.SelectMany(word => word.Inner).Concat(Group is null ? [] : [Group]);

    public IEnumerable<ShellCommand> WithInner() => InnerScripts().SelectMany(script => script.AllCommands()).Prepend(this);
}

/// <summary>A word without its quotes, known variables replaced, and the scripts whose output it holds.</summary>
internal sealed record ShellWord(string Text, IReadOnlyList<ShellScript> Inner);
