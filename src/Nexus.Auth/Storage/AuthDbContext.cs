using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Accounts;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Keys;
using Nexus.Auth.Sessions;
using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Storage;

/// <summary>The authorization server's model. A derived context for each database holds its migrations.</summary>
internal abstract class AuthDbContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options)
{
    public const string MigrationsHistoryTable = "__AuthMigrations";

    public DbSet<OAuthClient> Clients => Set<OAuthClient>();
    public DbSet<OAuthGrant> Grants => Set<OAuthGrant>();
    public DbSet<OAuthToken> Tokens => Set<OAuthToken>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();
    public DbSet<FirstPartySession> Sessions => Set<FirstPartySession>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict<OAuthClient, OAuthGrant, OpenIddictEntityFrameworkCoreScope<Guid>, OAuthToken, Guid>();
        ApplyConfigurations(builder);
    }

    // By name: to find them in the assembly would load all of its types at every start.
    private static void ApplyConfigurations(ModelBuilder builder)
    {
        var accountTables = new AccountTablesConfiguration();
        builder
            .ApplyConfiguration(new AccountConfiguration())
            .ApplyConfiguration<IdentityUserClaim<Guid>>(accountTables)
            .ApplyConfiguration<IdentityUserLogin<Guid>>(accountTables)
            .ApplyConfiguration<IdentityUserToken<Guid>>(accountTables)
            .ApplyConfiguration<IdentityUserPasskey<Guid>>(accountTables)
            .ApplyConfiguration(new ClientConfiguration())
            .ApplyConfiguration(new ConsentConfiguration())
            .ApplyConfiguration(new DataProtectionKeyConfiguration())
            .ApplyConfiguration(new GrantConfiguration())
            .ApplyConfiguration(new ScopeConfiguration())
            .ApplyConfiguration(new SessionConfiguration())
            .ApplyConfiguration(new SigningKeyConfiguration())
            .ApplyConfiguration(new TokenConfiguration())
            .ApplyConfiguration(new UsedAssertionConfiguration());
    }
}
