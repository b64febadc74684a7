//! The configuration files of a private desktop: the same pixels and the same manners everywhere.
//!
//! What the machine's own user or distribution has configured is left out on purpose.

use std::{fs, io, path::Path};

/// Starts nothing on demand: what runs on this bus is what the desktop has started itself.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={runtime}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// New windows get the focus, as on the desktops of agents, so that a stolen focus is seen; no key
/// belongs to the window manager, so that every one reaches the window.
const WINDOW_MANAGER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse><focusLast>yes</focusLast></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <theme><name>Clearlooks</name><animateIconify>no</animateIconify></theme>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
    <context name="Titlebar">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
      <mousebind button="Left" action="Drag"><action name="Move"/></mousebind>
    </context>
    <context name="Close">
      <mousebind button="Left" action="Click"><action name="Close"/></mousebind>
    </context>
  </mouse>
</openbox_config>
"#;

/// Grey antialiasing without hinting: the one rendering that does not depend on the machine.
const FONTS: &str = r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>/var/cache/fontconfig</cachedir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <match target="pattern">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
  <alias binding="strong">
    <family>sans-serif</family>
    <prefer><family>Inter</family><family>Noto Sans</family><family>Noto Sans CJK JP</family></prefer>
  </alias>
  <alias binding="strong">
    <family>system-ui</family>
    <prefer><family>Inter</family><family>Noto Sans</family><family>Noto Sans CJK JP</family></prefer>
  </alias>
  <alias binding="strong">
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>Noto Sans Mono</family></prefer>
  </alias>
</fontconfig>
"#;

const TOOLKIT: &str = "[Settings]\n\
    gtk-font-name=Inter 10\n\
    gtk-icon-theme-name=Adwaita\n\
    gtk-theme-name=Adwaita\n\
    gtk-cursor-blink=false\n";

/// Every notice goes to the recorder; it is shown as well, as an agent would see it.
const NOTICES: &str = "[global]\n    origin = top-right\n    font = Inter 10\n    notification_limit = 5\n\
    [record]\n    script = {recorder}\n";

/// Writes all of them below `home`.
pub(super) fn write(home: &Path, runtime: &Path, notice_recorder: &Path) -> io::Result<()> {
    let configuration = home.join(".config");
    let bus = BUS.replace("{runtime}", &runtime.display().to_string());
    let notices = NOTICES.replace("{recorder}", &notice_recorder.display().to_string());
    for (path, content) in [
        ("bus.conf", bus.as_str()),
        ("fonts.conf", FONTS),
        ("openbox.xml", WINDOW_MANAGER),
        ("dunstrc", notices.as_str()),
        ("gtk-3.0/settings.ini", TOOLKIT),
    ] {
        let path = configuration.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&configuration))?;
        fs::write(path, content)?;
    }
    Ok(())
}
