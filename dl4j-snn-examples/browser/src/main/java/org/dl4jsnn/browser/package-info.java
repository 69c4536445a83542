/**
 * The engine as WebAssembly, compiled by TeaVM: {@link org.dl4jsnn.browser.BrowserEngine} is what a
 * page calls. {@link org.dl4jsnn.browser.Substitutions} names the three classes of the engine that
 * a browser replaces, since it has neither Java's modules nor its thread pools.
 */
package org.dl4jsnn.browser;
