namespace Nexus.Ingress.Routes;

/// <summary>What a request is addressed to: a label under the apps domain, or a custom domain. One can't be taken for the other.</summary>
internal readonly record struct AppHost
{
    private AppHost(string name, bool isDomain) => (Name, IsDomain) = (name.ToLowerInvariant(), isDomain);

    public string Name { get; }

    public bool IsDomain { get; }

    public static AppHost Label(string label) => new(label, isDomain: false);

    public static AppHost Domain(string name) => new(name, isDomain: true);
}
