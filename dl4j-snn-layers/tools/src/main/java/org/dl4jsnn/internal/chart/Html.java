package org.dl4jsnn.internal.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Text and images for web pages. */
public final class Html {

  private Html() {}

  /**
   * Escapes text for use between tags and in attributes.
   *
   * @param text any
   * @return the text with markup characters replaced
   */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  /**
   * Formats text with numbers, with a decimal point in every locale.
   *
   * @param format as in {@code String.format}
   * @param values its values; not escaped
   * @return the text
   */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Encodes any text as one part of a path or query.
   *
   * @param text the part
   * @return the part of an address
   */
  public static String encoded(String text) {
    // A plus sign is a space in a query, but not in a path.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * An image inside the page.
   *
   * @param image the image
   * @return the address of it as PNG, for the {@code src} of an {@code img}
   */
  public static String address(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
