package org.dl4jsnn.monitor.health.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.deeplearning4j.core.storage.Persistable;

/**
 * An update of a session in storages: its name, a time and bytes. Immutable except for {@code
 * decode}, which storages call on an empty update.
 */
abstract class SessionUpdate implements Persistable {

  private static final long serialVersionUID = 1L;
  private static final String WORKER = "training";

  /** Session. */
  private String session;

  /** Milliseconds since 1970. */
  private long time;

  /** The content, interpreted by subclasses. */
  private byte[] content;

  SessionUpdate() {}

  SessionUpdate(String session, long time, byte[] content) {
    this.session = session;
    this.time = time;
    this.content = content;
  }

  final byte[] content() {
    return content;
  }

  @Override
  public final String getSessionID() {
    return session;
  }

  @Override
  public final String getWorkerID() {
    return WORKER;
  }

  @Override
  public final long getTimeStamp() {
    return time;
  }

  @Override
  public final int encodingLengthBytes() {
    return encode().length;
  }

  @Override
  public final byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      encode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public final void encode(ByteBuffer buffer) {
    buffer.put(encode());
  }

  @Override
  public final void encode(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeUTF(session);
    out.writeLong(time);
    out.write(content);
    out.flush();
  }

  @Override
  public final void decode(byte[] bytes) {
    try {
      decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final void decode(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    decode(bytes);
  }

  @Override
  public final void decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    session = in.readUTF();
    time = in.readLong();
    content = in.readAllBytes();
  }
}
