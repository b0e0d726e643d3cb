import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/**
 * Defines the elements of the toolkit that the page uses: `vscode-button`, `vscode-text-field`, `vscode-dropdown` with
 * `vscode-option`, and `vscode-progress-ring`. The page knows them by these names only.
 */
export function defineElements(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeTextField(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
  );
}
