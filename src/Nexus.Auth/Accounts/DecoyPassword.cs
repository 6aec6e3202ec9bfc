using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Auth.Accounts;

/// <summary>A hash that no password meets, to spend the usual time on accounts that don't exist.</summary>
internal sealed class DecoyPassword(IServiceScopeFactory scopes)
{
    private readonly Lazy<string> _hash = new(() =>
    {
        using var scope = scopes.CreateScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>();
        return hasher.HashPassword(new Account { Name = "" }, Guid.NewGuid().ToString());
    });

    public string Hash => _hash.Value;
}
