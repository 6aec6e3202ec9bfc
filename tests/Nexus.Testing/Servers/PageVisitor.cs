using System.Net;
using System.Text.RegularExpressions;

namespace Nexus.Testing;

/// <summary>A person at the server's pages, with cookies and without JavaScript.</summary>
public sealed partial class PageVisitor : IDisposable
{
    private readonly HttpClient _http;

    public PageVisitor(Uri server) => _http = new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = server };

    public async Task SignInAsync(string email = ServerAgent.Email, string password = ServerAgent.Password) =>
        await SubmitAsync("/sign-in", null, ("Email", email), ("Password", password));

    /// <summary>Invites somebody, and has them join with the owner's password.</summary>
    public async Task InviteAsync(Uri server, string email, string role)
    {
        var page = await SubmitAsync("/people", "Invite", ("email", email), ("role", role));
        var link = new Uri(WebUtility.HtmlDecode(Link().Match(page).Groups[1].Value));
        using var invited = new PageVisitor(server);
        await invited.SubmitAsync(
            link.PathAndQuery, "Create", ("token", link.Query.Split("token=")[1]), ("Name", email.Split('@')[0]), ("Password", ServerAgent.Password));
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return await ReadAsync(response, path);
    }

    /// <summary>Sends one of a page's forms, and gives the page that comes back.</summary>
    public async Task<string> SubmitAsync(string path, string? handler, params IEnumerable<(string Name, string Value)> fields)
    {
        var token = WebUtility.HtmlDecode(FormToken().Match(await GetAsync(path)).Groups[1].Value);
        var address = handler is null ? path : path.Split('?')[0] + "?handler=" + handler;
        using var response = await _http.PostAsync(address, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        return await ReadAsync(response, address);
    }

    /// <summary>The id that a member has in the forms of a page.</summary>
    public async Task<Guid> MemberAsync(string name) => Guid.Parse(
        Regex.Match(await GetAsync("/people"), "name=\"member\" value=\"([^\"]+)\">\\s*<select name=\"role\" aria-label=\"Role of " + Regex.Escape(name)).Groups[1].Value);

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReadAsync(HttpResponseMessage response, string path)
    {
        var html = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? html : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {html}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<code class=\"secret\">([^<]+)<")]
    private static partial Regex Link();
}
