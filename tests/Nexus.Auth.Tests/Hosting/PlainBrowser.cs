using System.Net;
using System.Text.RegularExpressions;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A browser without JavaScript, as far as our pages need one: cookies, local redirects and forms.</summary>
public sealed partial class PlainBrowser(AuthServer server)
{
    private readonly HttpClient _http = server.NewClient();
    private readonly Dictionary<string, string> _cookies = [];

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await _http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            foreach (var cookie in cookies) Keep(cookie.Split(';')[0]);
        return response;
    }

    /// <summary>Follows redirects as long as they stay on the server.</summary>
    public async Task<Page> GoAsync(string url) => await FollowAsync(await SendAsync(new(HttpMethod.Get, url)));

    /// <summary>Sends the page's first form with its hidden fields, its ticks and these fields.</summary>
    public async Task<Page> SubmitAsync(Page page, params (string Name, string Value)[] fields)
    {
        var own = fields.Select(field => field.Name).ToHashSet();
        var body = page.Fields().Where(field => !own.Contains(field.Key))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var request = new HttpRequestMessage(HttpMethod.Post, page.Action()) { Content = new FormUrlEncodedContent(body) };
        return await FollowAsync(await SendAsync(request));
    }

    /// <summary>Goes to a page for signed-in people, and signs in where it asks.</summary>
    public async Task<Page> SignInAsync(string path, string email = AuthServer.OwnerEmail, string password = AuthServer.OwnerPassword)
    {
        var page = await GoAsync(path);
        return page.Path == "/sign-in" ? await SubmitAsync(page, ("Email", email), ("Password", password)) : page;
    }

    private async Task<Page> FollowAsync(HttpResponseMessage response)
    {
        var url = response.RequestMessage!.RequestUri!.PathAndQuery;
        while (response.StatusCode is HttpStatusCode.Redirect && response.Headers.Location is { IsAbsoluteUri: false } next)
        {
            url = next.OriginalString;
            response = await SendAsync(new(HttpMethod.Get, url));
        }

        return new(url, response, await response.Content.ReadAsStringAsync());
    }

    private void Keep(string cookie)
    {
        var parts = cookie.Split('=', 2);
        if (parts[1].Length == 0) _cookies.Remove(parts[0]);
        else _cookies[parts[0]] = parts[1];
    }
}

/// <summary>Where a browser ended up.</summary>
public sealed partial record Page(string Url, HttpResponseMessage Response, string Html)
{
    public string Path => Url.Split('?')[0];

    /// <summary>Where the server sent the browser away to; null when it shows a page of its own.</summary>
    public Uri? LeftFor => Response.Headers.Location is { IsAbsoluteUri: true } uri ? uri : null;

    public IEnumerable<KeyValuePair<string, string>> Fields() =>
        from Match input in Input().Matches(Forms().Match(Html) is { Success: true } form ? form.Value : Html)
        let attributes = Attribute().Matches(input.Value).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value))
        where attributes.ContainsKey("name") && attributes.GetValueOrDefault("type") is "hidden" or "checkbox"
        where !input.Value.Contains(" disabled", StringComparison.Ordinal)
        select KeyValuePair.Create(attributes["name"], attributes.GetValueOrDefault("value", ""));

    public string Action() => Form().Match(Html) is { Success: true } form && Attribute().Matches(form.Value)
        .FirstOrDefault(match => match.Groups[1].Value == "action") is { } action ? WebUtility.HtmlDecode(action.Groups[2].Value) : Url;

    /// <summary>Only the form that contains the text, of a page with several.</summary>
    public Page Form(string text) => this with
    {
        Html = Forms().Matches(Html).Select(match => match.Value).FirstOrDefault(form => form.Contains(text, StringComparison.Ordinal)) ??
            throw new InvalidOperationException($"No form with {text} at {Url}: {Html}"),
    };

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<form[^>]*>")]
    private static partial Regex Form();

    [GeneratedRegex("([a-z-]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}
