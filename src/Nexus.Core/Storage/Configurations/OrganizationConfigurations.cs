using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nexus.Core.Commands;
using Nexus.Core.Organizations;
using Nexus.Core.Projects;

namespace Nexus.Core.Storage.Configurations;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder) =>
        builder.Property(organization => organization.Name).HasMaxLength(200);
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.HasKey(member => new { member.OrganizationId, member.UserId });
        builder.HasIndex(member => member.UserId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(member => member.OrganizationId);
        builder.Property(member => member.Kind).HasDefaultValue(MemberKind.Person).HasSentinel(MemberKind.Person);
        builder.Property(member => member.Email).HasMaxLength(256);
        builder.Property(member => member.Name).HasMaxLength(200);
        builder.Property(member => member.Grants).HasJsonConversion().HasDefaultValueSql("'{}'");
    }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasOne<Organization>().WithMany().HasForeignKey(invitation => invitation.OrganizationId);
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.Property(invitation => invitation.TokenHash).HasMaxLength(64);
        builder.Property(invitation => invitation.Email).HasMaxLength(256);
        builder.Property(invitation => invitation.Projects).HasJsonConversion().HasDefaultValueSql("'[]'");
    }
}

internal sealed class ProjectConfiguration : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.Property(project => project.Name).HasMaxLength(100);
        builder.HasOne<Organization>().WithMany().HasForeignKey(project => project.OrganizationId);
        builder.HasIndex(project => new { project.OrganizationId, project.Name }).IsUnique();
    }
}

internal sealed class ProjectMemberConfiguration : IEntityTypeConfiguration<ProjectMember>
{
    public void Configure(EntityTypeBuilder<ProjectMember> builder)
    {
        builder.HasKey(assignment => new { assignment.ProjectId, assignment.UserId });
        builder.HasOne<Project>().WithMany().HasForeignKey(assignment => assignment.ProjectId);
        builder.HasIndex(assignment => assignment.UserId);
    }
}

internal sealed class CommandRecordConfiguration : IEntityTypeConfiguration<CommandRecord>
{
    public void Configure(EntityTypeBuilder<CommandRecord> builder)
    {
        builder.HasKey(record => new { record.OrganizationId, record.UserId, record.RequestId });
        builder.Property(record => record.RequestId).HasMaxLength(128);
        builder.Property(record => record.Operation).HasMaxLength(64);
        builder.Property(record => record.Fingerprint).HasMaxLength(64);
        builder.HasIndex(record => record.CreatedAt);
    }
}
