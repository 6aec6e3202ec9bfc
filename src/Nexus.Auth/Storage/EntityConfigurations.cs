using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Auth.Accounts;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Keys;
using Nexus.Auth.Sessions;
using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Storage;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(account => account.Name).HasMaxLength(200);
        builder.HasIndex(account => account.NormalizedEmail).IsUnique();
    }
}

internal sealed class AccountTablesConfiguration :
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
    IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>,
    IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("AccountClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("AccountLogins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("AccountTokens");

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder) => builder.ToTable("AccountPasskeys");
}

internal sealed class ClientConfiguration : IEntityTypeConfiguration<OAuthClient>
{
    public void Configure(EntityTypeBuilder<OAuthClient> builder)
    {
        builder.ToTable("OAuthClients");
        builder.Property(client => client.ClientId).HasMaxLength(2000); // It can be the URL of a metadata document.
        builder.Property(client => client.RegistrationTokenHash).HasMaxLength(64);
        builder.HasIndex(client => client.OrganizationId);
        builder.HasIndex(client => new { client.LastUsedAt, client.CreatedAt }); // Pruning looks for old ones that were never used.
    }
}

internal sealed class GrantConfiguration : IEntityTypeConfiguration<OAuthGrant>
{
    public void Configure(EntityTypeBuilder<OAuthGrant> builder)
    {
        builder.ToTable("OAuthGrants");
        builder.HasIndex(grant => grant.CreationDate); // Pruning walks by age.
        builder.HasIndex(grant => grant.Subject); // The account page, and revoking all that a person gave.
    }
}

internal sealed class TokenConfiguration : IEntityTypeConfiguration<OAuthToken>
{
    public void Configure(EntityTypeBuilder<OAuthToken> builder)
    {
        builder.ToTable("OAuthTokens");
        builder.HasIndex(token => token.ExpirationDate); // Pruning looks for what expired.
    }
}

internal sealed class ScopeConfiguration : IEntityTypeConfiguration<OpenIddictEntityFrameworkCoreScope<Guid>>
{
    public void Configure(EntityTypeBuilder<OpenIddictEntityFrameworkCoreScope<Guid>> builder) => builder.ToTable("OAuthScopes");
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.HasKey(consent => new { consent.AccountId, consent.ClientId });
        builder.HasOne<Account>().WithMany().HasForeignKey(consent => consent.AccountId);
        builder.HasOne<OAuthClient>().WithMany().HasForeignKey(consent => consent.ClientId);
    }
}

internal sealed class UsedAssertionConfiguration : IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.HasKey(assertion => assertion.Hash);
        builder.Property(assertion => assertion.Hash).HasMaxLength(64);
        builder.HasIndex(assertion => assertion.ExpiresAt);
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<FirstPartySession>
{
    public void Configure(EntityTypeBuilder<FirstPartySession> builder)
    {
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId);
        builder.HasIndex(session => session.ExpiresAt);
    }
}

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.HasKey(key => key.Generation);
        builder.Property(key => key.Generation).ValueGeneratedNever();
        builder.Property(key => key.Algorithm).HasConversion<string>().HasMaxLength(16);
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) =>
        builder.Property(key => key.FriendlyName).HasMaxLength(200);
}
