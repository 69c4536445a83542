package org.dl4jsnn.model;

import java.io.IOException;
import java.io.InputStream;

/** Finds classes with static initialisers as those that no test has initialised yet. */
final class FreshClasses extends ClassLoader {

  private FreshClasses() {
    super(FreshClasses.class.getClassLoader());
  }

  /** Runs something with a fresh class. */
  static void run(Runnable code) {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(new FreshClasses());
    try {
      code.run();
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!ClassNamePlace.NAMES.contains(name)) {
      return super.loadClass(name, resolve);
    }
    Class<?> held = findLoadedClass(name);
    return held != null ? held : define(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
