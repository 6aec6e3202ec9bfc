using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Auth.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ServiceClients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PollAfter",
                table: "OAuthTokens",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DocumentFreshUntil",
                table: "OAuthClients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OrganizationId",
                table: "OAuthClients",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ServiceAccountId",
                table: "OAuthClients",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "UsedAssertions",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsedAssertions", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OAuthClients_OrganizationId",
                table: "OAuthClients",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_UsedAssertions_ExpiresAt",
                table: "UsedAssertions",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UsedAssertions");

            migrationBuilder.DropIndex(
                name: "IX_OAuthClients_OrganizationId",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "PollAfter",
                table: "OAuthTokens");

            migrationBuilder.DropColumn(
                name: "DocumentFreshUntil",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "OrganizationId",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "ServiceAccountId",
                table: "OAuthClients");
        }
    }
}
