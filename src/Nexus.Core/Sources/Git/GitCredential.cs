using System.Text;

namespace Nexus.Core.Sources.Git;

/// <summary>What opens a private repository, for HTTP's basic scheme.</summary>
internal sealed record GitCredential(string User, string Token)
{
    /// <summary>GitHub wants this beside an app's token; it, GitLab and Gitea take any name beside a personal one.</summary>
    private const string AnyUser = "x-access-token";

    /// <summary>Reads a secret's value: a token, or <c>user:token</c>.</summary>
    /// <exception cref="NexusException"><c>INVALID_REPOSITORY_SECRET</c>: it can't be either.</exception>
    public static GitCredential Parse(string secret)
    {
        var text = secret.Trim();
        if (text.Length == 0 || text.Any(char.IsControl))
            throw new NexusException(
                "INVALID_REPOSITORY_SECRET",
                "The secret for the repository is not a token.",
                "Give it one line: a token, or user:token. Keys for ssh can't be used.",
                "repoSecretName");
        var colon = text.IndexOf(':');
        return colon > 0 ? new(text[..colon], text[(colon + 1)..]) : new(AnyUser, text);
    }

    public string Basic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Token}"));

    public override string ToString() => "***";
}
