using System.Globalization;
using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class BrowserTests(Shared<Browser> browser)
{
    private const string Form = "<input oninput=\"document.querySelector('output').textContent = 'Hello ' + this.value\"><output></output>";

    [Fact]
    public async Task It_opens_a_page_of_a_name_under_localhost_and_fills_its_form()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("index.html"), Form);
        var port = LoopbackPort.Next().ToString(CultureInfo.InvariantCulture);
        await using var server = ChildProcess.Start(new(Tool.Path("busybox"), "httpd", "-f", "-p", $"127.0.0.1:{port}", "-h", folder.Path));
        await Http.UntilAnswersAsync(new Uri($"http://127.0.0.1:{port}/"), server);

        var page = await (await browser.GetAsync()).NewPageAsync();
        await page.GotoAsync($"http://app.localhost:{port}/");
        await page.FillAsync("input", "Ada");

        (await page.InnerTextAsync("output")).Should().Be("Hello Ada");
    }
}
