using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Storage;

namespace Nexus.Auth.Tests.People;

public sealed class ProjectsPageTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private PlainBrowser _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _owner = new(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Somebody_invited_comes_into_the_projects_that_were_ticked_and_the_first_is_ticked()
    {
        var page = await _owner.SignInAsync("/people");
        page.Html.Should().MatchRegex("name=\"projects\" value=\"[^\"]+\" checked");
        var grace = await Invitations.JoinAsync(_server, _owner);

        (await _owner.GoAsync("/people")).Html.Should().Contain("Sees default");
        (await grace.GoAsync("/projects")).Html.Should().Contain("default").And.Contain("the ones that you are assigned to");
    }

    [Fact]
    public async Task A_project_is_made_renamed_and_deleted_and_its_people_come_and_go()
    {
        await Invitations.JoinAsync(_server, _owner);
        var page = await _owner.SubmitAsync((await _owner.GoAsync("/projects")).Form("Create project"), ("name", " shop "));
        page.Html.Should().Contain("shop is made.").And.Contain("Assign to shop");
        var member = MemberIn(page.Form("Assign to shop").Html);

        page = await _owner.SubmitAsync(page.Form("Assign to shop"), ("member", member));
        page.Html.Should().Contain("Grace works in shop now.").And.NotContain("Assign to shop", "there is nobody else");
        page = await _owner.SubmitAsync(page.Form("Take Grace out of shop"));
        page.Html.Should().Contain("Grace no longer works in shop.");
        page = await _owner.SubmitAsync(page.Form("Rename shop"), ("name", "store"));
        page.Html.Should().Contain("It is called store now.");
        page = await _owner.SubmitAsync(page.Form("Delete store"));
        page.Html.Should().Contain("store is deleted.");

        page = await _owner.SubmitAsync(page.Form("Delete default"));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        WebUtility.HtmlDecode(page.Html).Should().Contain("the organisation's last project");
        (await AuditAsync()).Should().Contain(["CreateProject OK", "AssignToProject OK", "TakeFromProject OK", "RenameProject OK", "DeleteProject OK", "DeleteProject LAST_PROJECT"]);
    }

    [Theory]
    [InlineData("default", "There is a project named default already")]
    [InlineData("   ", "1 to 100 characters")]
    public async Task A_bad_name_says_so(string name, string problem)
    {
        var page = await _owner.SignInAsync("/projects");
        page = await _owner.SubmitAsync(page.Form("Create project"), ("name", name));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        WebUtility.HtmlDecode(page.Html).Should().Contain(problem);
    }

    [Fact]
    public async Task A_member_makes_and_renames_projects_of_their_own_and_manages_nobody()
    {
        var grace = await Invitations.JoinAsync(_server, _owner);
        var page = await grace.SubmitAsync((await grace.GoAsync("/projects")).Form("Create project"), ("name", "mine"));
        page.Html.Should().Contain("mine is made.").And.Contain("Rename mine").And.NotContain("Delete mine").And.NotContain("Assign to");

        var owners = await _owner.SubmitAsync((await _owner.GoAsync("/projects")).Form("Create project"), ("name", "theirs"));
        (await grace.GoAsync("/projects")).Html.Should().NotContain("theirs");
        var forged = owners.Form("Rename theirs") with { Html = page.Form("Rename mine").Html.Replace(IdIn(page, "Rename mine"), IdIn(owners, "Rename theirs")) };
        (await grace.SubmitAsync(forged, ("name", "stolen"))).Html.Should().Contain("There is no such project");
        var deletion = page.Form("Rename mine") with { Html = page.Form("Rename mine").Html.Replace("handler=Rename", "handler=Delete") };
        (await grace.SubmitAsync(deletion)).Html.Should().Contain("does not have the permission DeleteProjects");
        (await _owner.GoAsync("/projects")).Html.Should().Contain("Take Grace out of mine", "whoever makes one works in it");
    }

    [Fact]
    public async Task A_person_is_granted_production_and_loses_it()
    {
        await Invitations.JoinAsync(_server, _owner);
        var page = await _owner.GoAsync("/people");
        page.Form("Save rights of Grace").Html.Should().Contain("Production").And.NotContain("Staging", "a Member has that");

        page = await _owner.SubmitAsync(page.Form("Save rights of Grace"), ("environments", "Production"), ("granted", "gcp_cloud_run"));
        page.Html.Should().Contain("May use also Production, Google Cloud Run");
        page = await _owner.SubmitAsync(page.Form("Save rights of Grace"), ("environments", "Nowhere"), ("granted", "gcp_cloud_run"));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        page.Html.Should().Contain("May use also Production", "a broken form takes nothing away");
        page = await _owner.SubmitAsync(page.Form("Save rights of Grace") with { Html = Without(page.Form("Save rights of Grace").Html, "environments", "granted") });
        page.Html.Should().NotContain("May use also");
        (await AuditAsync()).Count(entry => entry == "ChangeMemberGrants OK").Should().Be(2);
    }

    [Fact]
    public async Task Without_its_token_a_form_does_nothing()
    {
        var page = await _owner.SignInAsync("/projects");
        var forged = page.Form("Create project") with { Html = Without(page.Form("Create project").Html, "__RequestVerificationToken") };
        (await _owner.SubmitAsync(forged, ("name", "forged"))).Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _owner.GoAsync("/projects")).Html.Should().NotContain("forged");
    }

    private static string MemberIn(string form) => form.Split("<option value=\"")[1].Split('"')[0];

    private static string IdIn(Page page, string form) => page.Form(form).Html.Split("name=\"project\" value=\"")[1].Split('"')[0];

    /// <summary>The form without these fields, as when nothing is ticked.</summary>
    private static string Without(string form, params string[] fields) =>
        string.Concat(form.Split("<input").Select((part, i) => fields.Any(field => part.Contains($"name=\"{field}\"")) ? "" : i == 0 ? part : "<input" + part));

    private async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var db = await _server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync();
        return await db.AuditRecords.Select(record => record.Operation + " " + record.Outcome).ToListAsync();
    }
}
