"""Words of borrowed parts (Django, sign-in) that people here see.

Their own Ukrainian has straight apostrophes and other words for the same things, so
ours stand before them: `suprovid.web` is above them in INSTALLED_APPS.
"""

from __future__ import annotations

from suprovid.lib.words import word

SIGN_IN = (
    word("Username"),
    word("Password"),
    word("Password (again)"),
    word("Current Password"),
    word("New Password"),
    word("New Password (again)"),
    word("Code"),
    word("Authenticator code"),
    word("Email"),
    word("Email address"),
    word("You must type the same password each time."),
    word("This account is currently inactive."),
    word("Please type your current password."),
    word("Incorrect code."),
    word("Incorrect password."),
    word("Invalid or expired key."),
    word("Invalid login."),
    word("The password reset token was invalid."),
    word("Too many failed login attempts. Try again later."),
    word("Be patient, you are sending too many requests."),
    word("The username and/or password you specified are not correct."),
    word("Use your password"),
    word("Use authenticator app or code"),
    word("You have signed out."),
    word("Password successfully changed."),
    word("Authenticator app activated."),
    word("Authenticator app deactivated."),
    word("A new set of recovery codes has been generated."),
)
FORMS = (
    word("This field is required."),
    word("Enter a valid date."),
    word("Enter a valid date/time."),
    word("Enter a valid time."),
    word("Enter a number."),
    word("Enter a whole number."),
    word("Enter a valid email address."),
    word("Enter a valid value."),
    word("No file was submitted. Check the encoding type on the form."),
    word("No file was submitted."),
    word("The submitted file is empty."),
    word("Select a valid choice. That choice is not one of the available choices."),
)
