using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Auth.Accounts;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Attacks;

/// <summary>Nobody learns which accounts there are: by words, by status, or by the time that a hash takes.</summary>
public sealed class EnumerationTests
{
    [Fact]
    public async Task Unknown_known_and_locked_accounts_cost_one_hash_and_get_the_same_answer()
    {
        var counter = new HashCounter();
        await using var server = await AuthServer.StartAsync(change: services => services
            .AddSingleton(counter).AddScoped<IPasswordHasher<Account>, CountingHasher>());
        var wrong = await SignInAsync(server, AuthServer.OwnerEmail, "a wrong password");
        await SignInAsync(server, "nobody@example.com", "a wrong password"); // Makes the decoy.
        var expected = await CostAsync(counter, () => SignInAsync(server, AuthServer.OwnerEmail, "a wrong password"));

        foreach (var email in new[] { "nobody@example.com", "no such address", AuthServer.OwnerEmail.ToUpperInvariant() })
            (await CostAsync(counter, () => SignInAsync(server, email, "a wrong password"))).Should().Be(expected);
        for (var i = 0; i < 10; i++) await SignInAsync(server, AuthServer.OwnerEmail, "a wrong password");
        (await CostAsync(counter, () => SignInAsync(server, AuthServer.OwnerEmail, AuthServer.OwnerPassword))).Should().Be(expected, "it is locked");
        expected.Should().Be((1, wrong));
    }

    [Fact]
    public async Task The_page_answers_the_same_for_unknown_and_wrong()
    {
        await using var server = await AuthServer.StartAsync();
        (await SubmitAsync(server, "nobody@example.com")).Should().Be(await SubmitAsync(server, AuthServer.OwnerEmail));
    }

    [Fact]
    public async Task A_client_that_is_not_there_answers_as_one_with_another_token()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = await Agent.RegisterAsync(server);
        (await ManageAsync(agent, "c_nobody")).Should().Be(await ManageAsync(agent, (await Agent.RegisterAsync(server)).ClientId));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SignInAsync(AuthServer server, string email, string password)
    {
        var response = await server.NewClient().PostAsJsonAsync("/api/auth/login", new { email, password });
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(HttpStatusCode Status, string Text)> SubmitAsync(AuthServer server, string email)
    {
        var browser = new PlainBrowser(server);
        var page = await browser.SubmitAsync(await browser.GoAsync("/sign-in"), ("Email", email), ("Password", "a wrong password"));
        var token = page.Fields().Single(field => field.Key == "__RequestVerificationToken").Value;
        return (page.Response.StatusCode, page.Html.Replace(token, "", StringComparison.Ordinal).Replace(email, "", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Body)> ManageAsync(Agent agent, string clientId)
    {
        var token = agent.Registration["registration_access_token"]!.GetValue<string>();
        var response = await agent.Http.SendAsync(new(HttpMethod.Get, $"/register/{clientId}") { Headers = { Authorization = new("Bearer", token) } });
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(int Hashes, T Answer)> CostAsync<T>(HashCounter counter, Func<Task<T>> action)
    {
        var before = counter.Count;
        var answer = await action();
        return (counter.Count - before, answer);
    }

    private sealed class HashCounter
    {
        private int _count;

        public int Count => _count;

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class CountingHasher(HashCounter counter, IOptions<PasswordHasherOptions> options) : PasswordHasher<Account>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            counter.Add();
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
